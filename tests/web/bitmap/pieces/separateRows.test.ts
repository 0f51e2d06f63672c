import { expect, test } from 'vitest';
import { readPicture } from '../../../../webapp/src/bitmap';
import { knowsBarsAndRings, onBar, onRing, paint } from '../made';

/** What is read on ruled paper where `isInk` holds. */
function read(width: number, height: number, isInk: (x: number, y: number) => boolean): readonly string[] {
  const picture = paint(width, height, (x, y) => (isInk(x, y) ? 30 : y % 50 < 2 ? 180 : 230));
  return readPicture(picture, knowsBarsAndRings, 0.8).lines;
}

test('a digit that touches the one below is separated from it', () => {
  const lines = read(300, 160, (x, y) => {
    const touching = onRing(x, y, 150, 50, 52, 6) || onRing(x, y, 150, 100, 52, 6);
    const others = [50, 100].some((middle) => onBar(x, y, 80, middle, 40, 6) || onRing(x, y, 220, middle, 40, 6));
    return touching || others;
  });
  expect(lines).toEqual(['100', '100']);
});

test('digits of three rows that touch are separated', () => {
  const lines = read(300, 220, (x, y) => {
    return [50, 100, 150].some(
      (middle) =>
        onRing(x, y, 150, middle, 52, 6) || onBar(x, y, 80, middle, 40, 6) || onRing(x, y, 220, middle, 40, 6),
    );
  });
  expect(lines).toEqual(['100', '100', '100']);
});

test.each([69, 80, 91])('a digit much higher than those beside it stays whole: its middle at %d', (middle) => {
  const lines = read(300, 160, (x, y) => {
    return onBar(x, y, 150, middle, 62, 8) || onRing(x, y, 80, 80, 40, 6) || onRing(x, y, 220, 80, 40, 6);
  });
  expect(lines).toEqual(['010']);
});

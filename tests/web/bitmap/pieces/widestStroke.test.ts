import { expect, test } from 'vitest';
import { widestStroke } from '../../../../webapp/src/bitmap/pieces/widestStroke';
import { grey, onBar } from '../made';

const boxes = (x: number, y: number) => x % 60 < 2 || y % 80 < 2;
const bars = (x: number, y: number) => [1, 3, 5].some((i) => onBar(x, y, 60 * i + 31, 41, 50, 10));
const widest = (ink: (x: number, y: number) => boolean) => {
  const inside = (x: number, y: number) => x > 8 && y > 8 && x < 370 && y < 92;
  return widestStroke({ ...grey(380, 240, (x, y) => (inside(x, y) && ink(x, y - 10) ? 40 : 230)), inverted: false });
};

test('four strokes wide is the widest ink; the lines of boxes are no strokes, however long', () => {
  expect(widest(bars)).toBeCloseTo(40, -1);
  expect(widest((x, y) => bars(x, y) || boxes(x, y))).toBeCloseTo(widest(bars), -1);
});

import { expect, test } from 'vitest';
import { bow } from '../../../../webapp/src/bitmap/context/bow';

/** The network's image of a stroke from top to bottom, with its middle at `middle` of each row. */
function stroke(middle: (y: number) => number): Float32Array {
  const image = new Float32Array(784);
  for (let y = 4; y < 24; y++) {
    for (let x = 0; x < 28; x++) image[28 * y + x] = Number(Math.abs(x + 0.5 - middle(y)) <= 1.5);
  }
  return image;
}

test('a straight stroke does not bend, whether it leans or not', () => {
  expect(Math.abs(bow(stroke(() => 14)) as number)).toBeLessThan(0.02);
  expect(Math.abs(bow(stroke((y) => 20 - 0.5 * (y - 4))) as number)).toBeLessThan(0.04);
});

test('a bracket bends to its side', () => {
  const arc = (y: number) => 4 * ((y - 13.5) / 9.5) ** 2;
  expect(bow(stroke((y) => 12 + arc(y)))).toBeLessThan(-0.1);
  expect(bow(stroke((y) => 16 - arc(y)))).toBeGreaterThan(0.1);
});

test('what is low or has two strokes side by side has no bow', () => {
  expect(bow(stroke((y) => (y < 12 ? 14 : -9)))).toBeNull();
  const two = stroke(() => 8).map((level, i) => Math.max(level, stroke(() => 20)[i] as number));
  expect(bow(two)).toBeNull();
});

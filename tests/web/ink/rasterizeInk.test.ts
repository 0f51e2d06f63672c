import { describe, expect, test } from 'vitest';
import { IMAGE_SIZE, type Ink, rasterizeInk } from '../../../webapp/src/ink';
import { GOLDEN_INK } from '../golden';
import { DIGITS, moved, slower } from '../number/made';

const asRows = (pixels: Float32Array): string[] =>
  Array.from({ length: IMAGE_SIZE }, (_, row) =>
    Array.from(pixels.subarray(row * IMAGE_SIZE, (row + 1) * IMAGE_SIZE), (pixel) =>
      Math.round(pixel * 255)
        .toString(16)
        .padStart(2, '0'),
    ).join(''),
  );

test.each(GOLDEN_INK)('the pixels are those that Python draws: $name', ({ strokes, rows }) => {
  expect(asRows(rasterizeInk(strokes))).toEqual(rows);
});

/** One level of 255: where a distance lies on the edge between two, the last bit of a coordinate decides. */
const ONE_LEVEL = 1.01 / 255;

function largestDifference(one: Ink, other: Ink): number {
  const pixels = rasterizeInk(other);
  return Math.max(...rasterizeInk(one).map((pixel, i) => Math.abs(pixel - (pixels[i] as number))));
}

test('pixels are whole 255ths in single precision, as Python makes them', () => {
  const pixels = rasterizeInk(DIGITS[8] as Ink);
  expect(pixels).toHaveLength(784);
  for (const pixel of pixels) expect(pixel).toBe(Math.fround(Math.round(pixel * 255) / 255));
});

test('the order and the direction of strokes make no difference', () => {
  const strokes = DIGITS[5] as Ink;
  const turned = strokes.map((stroke) => stroke.toReversed()).toReversed();
  expect(largestDifference(turned, strokes)).toBeLessThanOrEqual(ONE_LEVEL);
});

test.each([[[1]], [[1, 2, 3]], [[Number.NaN, 0]], [[0, Number.POSITIVE_INFINITY]], [['a', 0]], [null]])(
  'the point %j is refused by its place',
  (point) => {
    const ink = [[[0, 0], point]] as unknown as Ink;
    expect(() => rasterizeInk(ink)).toThrow(/Point 1 of stroke 0 is .*two finite numbers/);
  },
);

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How far rounding moves a point, in the screen's pixels; a change of a pixel is smaller, for the ink is made smaller. */
const HALF_A_DIAGONAL = Math.SQRT1_2;

describe.each([...DIGITS.entries()])('the pixels of a %d', (_, strokes) => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('are the same anywhere and at any size (seed %d)', (seed) => {
    const random = randomNumbers(seed);
    const other = moved(strokes, 1000 * (random() - 0.5), 1000 * (random() - 0.5), 10 ** (4 * random() - 2));
    expect(largestDifference(strokes, other)).toBeLessThanOrEqual(ONE_LEVEL);
  });

  test.each([1, 2, 3, 4])('are the same with many points as with few on the same lines (seed %d)', (seed) => {
    const random = randomNumbers(seed);
    const shares = () => Array.from({ length: Math.floor(random() * 12) }, random).sort((one, other) => one - other);
    expect(largestDifference(strokes, slower(strokes, shares))).toBeLessThanOrEqual(ONE_LEVEL);
  });

  test.each([1, 1.5, 2, 3])('are nearly the same where a screen of density %d rounds 28 pixels of ink', (density) => {
    const onScreen = moved(strokes, 3.3 * density, 4.7 * density, (28 / 137) * density);
    const rounded = onScreen.map((stroke) => stroke.map(([x, y]) => [Math.round(x), Math.round(y)] as const));
    expect(largestDifference(strokes, rounded)).toBeLessThanOrEqual(HALF_A_DIAGONAL / density);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { IMAGE_SIZE, type Ink, rasterizeInk } from '../../../webapp/src/ink';

interface Case {
  readonly name: string;
  readonly strokes: Ink;
  readonly rows: readonly string[];
}

const golden = new URL('../../golden/ink.json', import.meta.url);
const cases = JSON.parse(readFileSync(golden, 'utf8')) as readonly Case[];

const asRows = (pixels: Float32Array): string[] =>
  Array.from({ length: IMAGE_SIZE }, (_, row) =>
    Array.from(pixels.subarray(row * IMAGE_SIZE, (row + 1) * IMAGE_SIZE), (pixel) =>
      Math.round(pixel * 255)
        .toString(16)
        .padStart(2, '0'),
    ).join(''),
  );

describe('the golden vectors that Python shares', () => {
  test.each(cases)('$name', ({ strokes, rows }) => {
    expect(asRows(rasterizeInk(strokes))).toEqual(rows);
  });
});

test('pixels are whole 255ths in single precision, as Python makes them', () => {
  const pixels = rasterizeInk((cases[8] as Case).strokes);
  expect(pixels).toHaveLength(784);
  for (const pixel of pixels) expect(pixel).toBe(Math.fround(Math.round(pixel * 255) / 255));
});

test('the order and the direction of strokes make no difference', () => {
  const { strokes } = cases[5] as Case;
  const turned = strokes.map((stroke) => stroke.toReversed()).toReversed();
  const difference = rasterizeInk(turned).map((pixel, i) => Math.abs(pixel - (rasterizeInk(strokes)[i] as number)));
  expect(Math.max(...difference)).toBeLessThanOrEqual(1.01 / 255);
});

test.each([[[1]], [[1, 2, 3]], [[Number.NaN, 0]], [[0, Number.POSITIVE_INFINITY]], [['a', 0]], [null]])(
  'the point %j is refused by its place',
  (point) => {
    const ink = [[[0, 0], point]] as unknown as Ink;
    expect(() => rasterizeInk(ink)).toThrow(/Point 1 of stroke 0 is .*two finite numbers/);
  },
);

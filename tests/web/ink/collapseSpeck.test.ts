import { expect, test } from 'vitest';
import { collapseSpeck, type Ink, rasterizeInk } from '../../../webapp/src/ink';

test('ink smaller than the smallest shape is one point in its middle', () => {
  expect(collapseSpeck([[[10, 5], [11, 5], [10, 6]]], 2)).toEqual([[[10.5, 5.5]]]); // biome-ignore format: points
});

test('as many strokes stay as there were, all at that point, and a stroke without points stays without', () => {
  expect(collapseSpeck([[[0, 0]], [], [[1, 1], [1, 0]]], 2)).toEqual([[[0.5, 0.5]], [], [[0.5, 0.5]]]); // biome-ignore format: points
});

test('a tap that trembles is drawn as a tap', () => {
  const tap: Ink = [[[200, 100]]];
  const trembling: Ink = [[[200, 100], [201, 100], [200, 101], [199, 100], [200, 100]]]; // biome-ignore format: points
  expect(rasterizeInk(collapseSpeck(trembling, 4))).toEqual(rasterizeInk(tap));
  expect(rasterizeInk(trembling)).not.toEqual(rasterizeInk(tap));
});

test.each<[string, Ink, number]>([
  ['no ink', [], 2],
  ['a stroke without points', [[]], 2],
  ['ink of the smallest extent', [[[0, 0], [2, 0]]], 2], // biome-ignore format: points
  ['ink that is long in one direction alone', [[[0, 0], [0, 50]]], 2], // biome-ignore format: points
  ['small dots far apart', [[[0, 0]], [[0, 50]]], 2], // biome-ignore format: points
  ['any ink where nothing is too small', [[[0, 0], [1e-9, 0]]], 0], // biome-ignore format: points
])('%s stays as it is', (_, ink, smallest) => {
  expect(collapseSpeck(ink, smallest)).toBe(ink);
});

test.each([Number.NaN, -1])('a smallest extent of %d is refused', (smallest) => {
  expect(() => collapseSpeck([[[0, 0]]], smallest)).toThrow(RangeError);
});

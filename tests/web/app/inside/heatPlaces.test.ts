import { expect, test } from 'vitest';
import { heatPlaces } from '../../../../webapp/src/app/inside/heatPlaces';

/** Heat of some pixels: [x, y, value]. */
function heatOf(...pixels: [number, number, number][]): Float32Array {
  const heat = new Float32Array(784);
  for (const [x, y, value] of pixels) heat[28 * y + x] = value;
  return heat;
}

test('it says in which ninth of the ink its say is strongest', () => {
  const corners = [
    [5, 4, 0.1],
    [20, 4, -3],
    [5, 25, 2],
    [20, 25, 0.5],
  ] as const;
  expect(heatPlaces(heatOf(...corners.map((corner) => [...corner] as [number, number, number])))).toEqual({
    most: 6,
    least: 2,
  });
});

test('the box of the ink counts, not the image', () => {
  expect(heatPlaces(heatOf([1, 1, 0.1], [9, 1, 0.1], [1, 9, 0.1], [8, 8, 5])).most).toBe(8);
});

test('a narrow 1 has no left and no right', () => {
  const stem = Array.from({ length: 18 }, (_, y): [number, number, number] => [14 + (y % 2), 5 + y, y < 6 ? 2 : 0.1]);
  expect(heatPlaces(heatOf(...stem))).toEqual({ most: 1, least: null });
});

test('what hardly matters, and no ink, is not worth a word', () => {
  expect(heatPlaces(heatOf([4, 4, 0.2], [14, 14, -0.2]))).toEqual({ most: null, least: null });
  expect(heatPlaces(new Float32Array(784))).toEqual({ most: null, least: null });
});

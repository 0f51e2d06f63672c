import { expect, test } from 'vitest';
import { sheetOf } from '../../../webapp/src/pad/inkHistory';
import { UNIT, viewScale } from '../../../webapp/src/pad/padView';

const INK = sheetOf([[[0.5, 0.5], [2, 1]]]); // biome-ignore format: points

test('ink that fits is shown at its size, whatever scale it had before', () => {
  expect(viewScale(INK, 2 * UNIT, UNIT, 0.3)).toBe(1);
  expect(viewScale(INK, 9 * UNIT, 9 * UNIT, 1)).toBe(1);
});

test('a pad too narrow or too low shows all of the ink, as large as possible', () => {
  expect(viewScale(INK, UNIT, UNIT, 1)).toBe(0.5);
  expect(viewScale(INK, 2 * UNIT, 0.25 * UNIT, 1)).toBe(0.25);
});

test('the empty sheet is shown at its size', () => {
  expect(viewScale([], 10, 10, 0.2)).toBe(1);
});

test('ink that left the pad on the left or above makes nothing smaller', () => {
  expect(viewScale(sheetOf([[[-3, -1]]]), 100, 100, 1)).toBe(1);
});

test('ink up to the very edge does not tremble by rounding', () => {
  const [width, before] = [333, 0.7];
  const edge = sheetOf([[[width / (UNIT * before), 0]]]);
  expect(viewScale(edge, width, width, before)).toBe(before);
});

import { expect, test } from 'vitest';
import type { Stroke } from '../../../webapp/src/ink';
import { Eraser } from '../../../webapp/src/pad/eraser';
import { sheetOf } from '../../../webapp/src/pad/inkHistory';
import { touchedStrokes } from '../../../webapp/src/pad/touchedStrokes';

const LINE: Stroke = [[0, 0], [10, 0]]; // biome-ignore format: points
const REACH = 1;

test.each([
  ['a stroke that it crosses far from both their points', LINE, [5, -9], [5, 9], 1],
  ['a stroke beside a point of which it stops', LINE, [5, 9], [5, 0.9], 1],
  [
    'a stroke that ends beside its way',
    [
      [5, 5],
      [5, 0.9],
    ],
    [0, 0],
    [10, 0],
    1,
  ],
  ['a dot', [[5, 0.5]], [5, 0], [5, 0], 1],
  ['no stroke out of reach', LINE, [5, 9], [5, 1.1], 0],
  ['no stroke on whose line it moves farther on', LINE, [12, 0], [20, 0], 0],
  ['no dot out of reach', [[5, 1.1]], [0, 0], [10, 0], 0],
] as [string, Stroke, [number, number], [number, number], number][])(
  'the eraser touches %s',
  (_, stroke, from, to, expected) => {
    expect(touchedStrokes(sheetOf([stroke]), from, to, REACH)).toHaveLength(expected);
  },
);

test('an eraser takes whole strokes away, one after the other, and none twice', () => {
  const sheet = sheetOf([LINE, [[0, 20], [10, 20]], [[0, 40]]]); // biome-ignore format: points
  const eraser = new Eraser(7, sheet, REACH);
  expect(eraser.move([[5, -5]])).toBe(false);
  expect(eraser.move([[5, 10]])).toBe(true);
  expect(eraser.left).toEqual(sheet.slice(1));
  expect(eraser.move([[5, 15], [5, 25]])).toBe(true); // biome-ignore format: points
  expect(eraser.move([[5, 15]])).toBe(false);
  expect(eraser.left).toEqual(sheet.slice(2));
});

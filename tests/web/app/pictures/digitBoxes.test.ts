import { expect, test } from 'vitest';
import { placeAfterKey } from '../../../../webapp/src/app/pictures/digitBoxes';

// 0 1 2
//     3    4
const PLACES = [
  { line: 0, x: 0 },
  { line: 0, x: 20 },
  { line: 0, x: 40 },
  { line: 1, x: 38 },
  { line: 1, x: 80 },
];
const digits = PLACES.map(({ line }) => ({ digit: 1, confidence: 1, probabilities: [], line }));
const boxes = PLACES.map(({ line, x }) => ({ x, y: 30 * line, width: 10, height: 20 }));
const upright = { width: 100, height: 60, boxes };

test.each([
  ['ArrowRight', 1, 2],
  ['ArrowRight', 4, 4],
  ['ArrowLeft', 3, 2],
  ['ArrowLeft', 0, 0],
  ['ArrowDown', 2, 3],
  ['ArrowDown', 0, 3],
  ['ArrowDown', 4, 4],
  ['ArrowUp', 4, 2],
  ['ArrowUp', 1, 1],
  ['Home', 3, 0],
  ['End', 1, 4],
  ['Tab', 1, undefined],
  ['Enter', 1, undefined],
])('%s leads from digit %i to %s', (key, from, to) => {
  expect(placeAfterKey(key, from, digits, upright)).toBe(to);
});

import { expect, test } from 'vitest';
import { isMark } from '../../../../webapp/src/bitmap/pieces/marks';

const DIGIT = { x: 0, y: 0, width: 30, height: 50 };

test.each([
  ['a minus', { x: 34, y: 24, width: 20, height: 5 }, true],
  ['a point', { x: 33, y: 44, width: 6, height: 6 }, true],
  ['a comma', { x: 33, y: 42, width: 7, height: 16 }, true],
  ['the flag of a 5', { x: 28, y: 0, width: 18, height: 5 }, false],
  ['the bar across a 7', { x: 8, y: 24, width: 20, height: 5 }, false],
  ['the lower half of a stroke', { x: 10, y: 40, width: 8, height: 14 }, false],
])('%s beside a digit', (_, part, expected) => {
  expect(isMark(part, DIGIT)).toBe(expected);
});

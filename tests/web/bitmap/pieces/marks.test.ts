import { expect, test } from 'vitest';
import { isMark } from '../../../../webapp/src/bitmap/pieces/marks';

const DIGIT = { x: 0, y: 0, width: 30, height: 50 };

test.each([
  ['a minus', { x: 34, y: 24, width: 20, height: 5 }, true],
  ['a point', { x: 33, y: 44, width: 6, height: 6 }, true],
  ['a comma', { x: 33, y: 42, width: 7, height: 16 }, true],
  ['the lower bar of an equals sign below an exponent', { x: 18, y: 54, width: 30, height: 5 }, true],
  ['the foot of a 2 that broke off', { x: 2, y: 51, width: 28, height: 5 }, false],
  ['the flag of a 5', { x: 28, y: 0, width: 18, height: 5 }, false],
  ['the bar across a 7', { x: 8, y: 24, width: 20, height: 5 }, false],
  ['the lower half of a stroke', { x: 10, y: 40, width: 8, height: 14 }, false],
])('%s beside a digit', (_, part, expected) => {
  expect(isMark(part, DIGIT)).toBe(expected);
});

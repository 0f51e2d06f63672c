import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../webapp/src/errors';
import { checkInk } from '../../../webapp/src/recognizer/checkInk';
import { GOLDEN_INK } from '../golden';

const POINT = 'give each point as two finite numbers, [x, y].';

test.each([
  [undefined, 'The ink is undefined; give an array of strokes, each an array of [x, y].', undefined],
  ['12', 'The ink is "12"; give an array of strokes, each an array of [x, y].', '12'],
  [[[[1, 2]], null], 'Stroke 1 is null; give each stroke as an array of [x, y].', null],
  [[1, 2], 'Stroke 0 is 1; give each stroke as an array of [x, y].', 1],
  [[[[1, 2], { x: 1, y: 2 }]], `Point 1 of stroke 0 is [object Object]; ${POINT}`, { x: 1, y: 2 }],
  [[[], [[0, Number.NaN]]], `Point 0 of stroke 1 is [0, NaN]; ${POINT}`, [0, Number.NaN]],
  [[[[Infinity, 0]]], `Point 0 of stroke 0 is [Infinity, 0]; ${POINT}`, [Infinity, 0]],
  [[[[1, 2, 3]]], `Point 0 of stroke 0 is [1, 2, 3]; ${POINT}`, [1, 2, 3]],
  [[[['1', 2]]], `Point 0 of stroke 0 is ["1", 2]; ${POINT}`, ['1', 2]],
  [[new Array(1)], `Point 0 of stroke 0 is undefined; ${POINT}`, undefined],
  [new Array(1), 'Stroke 0 is undefined; give each stroke as an array of [x, y].', undefined],
  [[], 'The ink is []; give at least one point.', []],
  [[[], []], 'The ink is [[], []]; give at least one point.', [[], []]],
])('%j is refused', (ink, message, value) => {
  let thrown: unknown;
  try {
    checkInk(ink);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(InvalidInputError);
  expect(thrown).toMatchObject({ name: 'InvalidInputError', code: 'invalid-input', message });
  expect((thrown as InvalidInputError).value).toEqual(value);
});

test('all golden ink with a point is ink, and so is an empty stroke beside another', () => {
  const inks = GOLDEN_INK.map(({ strokes }) => strokes).filter((ink) => ink.flat().length > 0);
  expect(inks.length).toBeGreaterThan(10);
  for (const ink of [...inks, [[], [[1, 2]]]]) expect(() => checkInk(ink)).not.toThrow();
});

import { expect, test } from 'vitest';
import { problemOf } from '../../../webapp/src/element/validity';

const NO_RULES = { required: false, digits: null, min: null, max: null };

test.each([
  ['', {}, null],
  ['', { digits: 4 }, null],
  ['', { required: true, digits: 4 }, ['valueMissing', 'missing', 0]],
  ['12', { digits: 2 }, null],
  ['12', { digits: 4, min: 1 }, ['tooShort', 'exactly', 4]],
  ['12345', { digits: 4 }, ['tooLong', 'exactly', 4]],
  ['1', { min: 2, max: 3 }, ['tooShort', 'atLeast', 2]],
  ['1234', { min: 2, max: 3 }, ['tooLong', 'atMost', 3]],
  ['1?', { digits: 4 }, ['badInput', 'unsure', 0]],
])('%s by %o', (value, rules, expected) => {
  const problem = problemOf(value, false, { ...NO_RULES, ...rules });
  expect(problem && [problem.flag, problem.sentence, problem.count]).toEqual(expected);
});

test('ink that is not read is no value yet, whatever else is wrong', () => {
  expect(problemOf('', true, { ...NO_RULES, required: true })).toMatchObject({ flag: 'badInput', sentence: 'unread' });
});

import { expect, test } from 'vitest';
import { explainDoubt, explainUnsure } from '../../../webapp/src/reading';

const NO_DIGIT = 'That doesn’t look like a digit to me. Try again?';

/** Ten probabilities: some named, and what is left of 1 shared by the others alike. */
function probabilities(named: Record<number, number>): number[] {
  const left = 1 - Object.values(named).reduce((sum, probability) => sum + probability, 0);
  const each = left / (10 - Object.keys(named).length);
  return Array.from({ length: 10 }, (_, digit) => named[digit] ?? each);
}

test.each([
  [{ 4: 0.5, 9: 0.4 }, 'A 4 or a 9?'],
  [{ 4: 0.4, 9: 0.5 }, 'A 4 or a 9?'],
  [{ 3: 0.45, 8: 0.4 }, 'A 3 or an 8?'],
  [{ 0: 0.4, 8: 0.5 }, 'A 0 or an 8?'],
  [{ 8: 0.5, 9: 0.4 }, 'An 8 or a 9?'],
  [{ 1: 0.79, 7: 0.2 }, 'A 1 or a 7?'],
  [{ 1: 0.45, 7: 0.5 }, 'A 1 or a 7?'],
  [{ 4: 0.4, 9: 0.31 }, 'A 4 or a 9?'],
  [{ 5: 0.7 }, 'Perhaps a 5?'],
  [{ 8: 0.6, 3: 0.15 }, 'Perhaps an 8?'],
  [{ 8: 0.84, 3: 0.16 }, 'Perhaps an 8?'],
  [{}, NO_DIGIT],
  [{ 4: 0.4, 9: 0.29 }, NO_DIGIT],
  [{ 7: 0.45 }, NO_DIGIT],
  [{ 0: 0.3, 6: 0.3, 8: 0.3 }, NO_DIGIT],
] as [Record<number, number>, string][])('%j, and the others alike: %s', (named, sentence) => {
  expect(explainUnsure(probabilities(named))).toBe(sentence);
});

test('anything but ten probabilities is refused', () => {
  expect(() => explainUnsure([0.5, 0.5])).toThrow(RangeError);
});

test.each([
  [{ 4: 0.6, 9: 0.35 }, 'A 4 or a 9?'],
  [{ 3: 0.4, 8: 0.55 }, 'A 3 or an 8?'],
  [{ 1: 0.3, 7: 0.65 }, 'A 1 or a 7?'],
  [{ 5: 0.7 }, ''],
  [{ 7: 0.75, 1: 0.12 }, ''],
])('what a digit that is named in doubt may be: %j', (named, sentence) => {
  expect(explainDoubt(probabilities(named))).toBe(sentence);
});

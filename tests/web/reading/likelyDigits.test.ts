import { expect, test } from 'vitest';
import { doubtfulDigits, likelyDigits } from '../../../webapp/src/reading';

/** Ten probabilities: some named, and what is left of 1 shared by the others alike. */
function probabilities(named: Record<number, number>): number[] {
  const left = 1 - Object.values(named).reduce((sum, probability) => sum + probability, 0);
  const each = left / (10 - Object.keys(named).length);
  return Array.from({ length: 10 }, (_, digit) => named[digit] ?? each);
}

test.each([
  [{ 4: 0.5, 9: 0.4 }, [4, 9]],
  [{ 4: 0.4, 9: 0.5 }, [4, 9]],
  [{ 3: 0.45, 8: 0.4 }, [3, 8]],
  [{ 0: 0.4, 8: 0.5 }, [0, 8]],
  [{ 8: 0.5, 9: 0.4 }, [8, 9]],
  [{ 1: 0.79, 7: 0.2 }, [1, 7]],
  [{ 1: 0.45, 7: 0.5 }, [1, 7]],
  [{ 4: 0.4, 9: 0.31 }, [4, 9]],
  [{ 5: 0.7 }, [5]],
  [{ 8: 0.6, 3: 0.15 }, [8]],
  [{ 8: 0.84, 3: 0.16 }, [8]],
  [{}, []],
  [{ 4: 0.4, 9: 0.29 }, []],
  [{ 7: 0.45 }, []],
  [{ 0: 0.3, 6: 0.3, 8: 0.3 }, []],
] as [Record<number, number>, number[]][])('%j, and the others alike: %j', (named, digits) => {
  expect(likelyDigits(probabilities(named))).toEqual(digits);
});

test('anything but ten probabilities is refused', () => {
  expect(() => likelyDigits([0.5, 0.5])).toThrow(RangeError);
});

test.each([
  [{ 4: 0.6, 9: 0.35 }, [4, 9]],
  [{ 3: 0.4, 8: 0.55 }, [3, 8]],
  [{ 1: 0.3, 7: 0.65 }, [1, 7]],
  [{ 5: 0.7 }, []],
  [{ 7: 0.75, 1: 0.12 }, []],
] as [Record<number, number>, number[]][])('what a digit that is named in doubt may be: %j', (named, digits) => {
  expect(doubtfulDigits(probabilities(named))).toEqual(digits);
});

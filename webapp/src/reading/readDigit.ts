import type { Box, Ink } from '../ink';
import type { DigitReading, Reading } from './reading';

/**
 * Turn ten probabilities into the reading of one digit: the likeliest, or unsure.
 *
 * @param sureEnough the confidence, between 0 and 1, that the likeliest digit has to exceed to be named.
 * @param strokes which strokes of the ink the digit is made of, where it is ink.
 * @param ink its own parts of these strokes, where one of them goes on into another digit.
 * @throws RangeError where there are not ten probabilities, or `sureEnough` is not between 0 and 1.
 */
export function readDigit(
  probabilities: ArrayLike<number>,
  box: Box,
  sureEnough: number,
  strokes?: readonly number[],
  ink?: Ink,
): Reading {
  if (probabilities.length !== 10) {
    throw new RangeError(`A digit's reading needs ten probabilities, of 0 to 9; got ${probabilities.length}.`);
  }
  if (!(sureEnough > 0 && sureEnough < 1)) {
    throw new RangeError(`The confidence that names a digit is to lie between 0 and 1; got ${sureEnough}.`);
  }
  const all = Array.from(probabilities);
  const confidence = Math.max(...all);
  const digit = confidence > sureEnough ? all.indexOf(confidence) : null;
  const read: DigitReading = {
    digit,
    confidence,
    probabilities: all,
    box,
    ...(strokes && { strokes }),
    ...(ink && { ink }),
  };
  return { text: digit === null ? '?' : String(digit), digits: [read] };
}

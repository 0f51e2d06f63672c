import type { Box } from '../ink';
import type { DigitReading, Reading } from './reading';

/** A digit is named when it is likelier than all the others together. */
const SURE_ENOUGH = 0.5;

/**
 * Turn ten probabilities into the reading of one digit.
 *
 * @throws RangeError where there are not ten probabilities.
 */
export function readDigit(probabilities: ArrayLike<number>, box: Box): Reading {
  if (probabilities.length !== 10) {
    throw new RangeError(`A digit's reading needs ten probabilities, of 0 to 9; got ${probabilities.length}.`);
  }
  const all = Array.from(probabilities);
  const confidence = Math.max(...all);
  const digit = confidence > SURE_ENOUGH ? all.indexOf(confidence) : null;
  const read: DigitReading = { digit, confidence, probabilities: all, box };
  return { text: digit === null ? '?' : String(digit), digits: [read] };
}

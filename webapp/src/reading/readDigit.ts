import { type Box, CLASSES, type Ink } from '../ink';
import type { Reading } from './reading';

/**
 * Turn ten probabilities into the reading of one digit: the likeliest, or unsure.
 *
 * @param confidenceThreshold the confidence, between 0 and 1, that the likeliest digit must exceed to be named.
 * @param strokes the strokes of the ink it is made of; not for a picture.
 * @param ink its own parts of these strokes, where one of them goes on into another digit.
 * @throws RangeError where there are not ten probabilities, or `confidenceThreshold` is not between 0 and 1.
 */
export function readDigit(
  probabilities: ArrayLike<number>,
  box: Box,
  confidenceThreshold: number,
  strokes?: readonly number[],
  ink?: Ink,
): Reading {
  if (probabilities.length !== CLASSES) {
    throw new RangeError(`A digit's reading needs ten probabilities, of 0 to 9; got ${probabilities.length}.`);
  }
  if (!(confidenceThreshold > 0 && confidenceThreshold < 1)) {
    throw new RangeError(`The confidence that names a digit must lie between 0 and 1; got ${confidenceThreshold}.`);
  }
  const all = Array.from(probabilities);
  const confidence = Math.max(...all);
  const digit = confidence > confidenceThreshold ? all.indexOf(confidence) : null;
  const more = { ...(strokes && { strokes }), ...(ink && { ink }) };
  return { text: String(digit ?? '?'), digits: [{ digit, confidence, probabilities: all, box, ...more }] };
}

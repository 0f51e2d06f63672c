import { type DigitReading, joinImages, readDigit } from '../reading';
import { isDigit, isOnePiece } from './context/isDigit';
import { type Size, touches } from './context/strayOne';
import { NO_REMARKS, nothingRead, type PictureReading } from './pictureReading';
import type { Candidate } from './readPieces';

/** What is no digit is shown as an unsure one from this height, as a share of the line's, and this confidence on. */
const MIN_HEIGHT = 0.55;
export const MIN_CONFIDENCE = 0.3;

/** The same of what stands alone: of 8,500 digits alone 2 are left out in place of 7, and 88% of letters in place of 91%. */
const MIN_CONFIDENCE_ALONE = 0.18;

/** A digit is named if it is likelier one than not; from this probability on it is an unsure one. */
const NAMED = 0.5;
const MAY_BE = 0.2;

/**
 * Name what is sure, mark with `?` what may be a digit, and leave out the rest.
 *
 * @param heights of each line's pieces.
 * @param picture whose edge may cut digits; null where the picture is the digit itself.
 */
export function assemble(
  lines: readonly (readonly Candidate[])[],
  heights: readonly number[],
  confidenceThreshold: number,
  picture: Size | null,
): PictureReading {
  const likely = isDigit(lines, picture);
  const minConfidence = lines.flat().length === 1 ? MIN_CONFIDENCE_ALONE : MIN_CONFIDENCE;
  const alone = isOnePiece(lines); // nothing to compare it with: doubt is shown
  let leftOut = 0;
  const shown = lines.map((line, i) =>
    line.flatMap((candidate, k) => {
      const [read] = readDigit(candidate.probabilities, candidate.box, confidenceThreshold).digits as [DigitReading];
      const probability = likely[i]?.[k] as number;
      // A box says that a digit stands there.
      const digit = probability < NAMED && !candidate.boxed ? { ...read, digit: null } : read;
      const high = candidate.box.height >= MIN_HEIGHT * (heights[i] as number);
      const mayBeDigit = high && read.confidence >= minConfidence && (alone || probability >= MAY_BE);
      if (digit.digit !== null || mayBeDigit || candidate.boxed) return [{ candidate, digit }];
      if (high) leftOut++;
      return [];
    }),
  );
  const all = shown.flat();
  if (all.length === 0) return nothingRead('no-digit', leftOut);
  const texts = shown.map((line) => line.map(({ digit }) => digit.digit ?? '?').join('')).filter((text) => text !== '');
  return {
    text: texts.join(''),
    digits: all.map(({ digit }) => digit),
    lines: texts,
    images: joinImages(all.map(({ candidate }) => candidate.image)),
    nothing: null,
    remarks: {
      ...NO_REMARKS,
      leftOut,
      cutOff: picture ? all.filter(({ digit }) => touches(digit.box, picture)).length : 0,
    },
  };
}

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

/** What is shown of a picture. */
interface Shown {
  readonly candidate: Candidate;
  readonly digit: DigitReading;
}

/**
 * Name what is sure, mark with `?` what may be a digit, and leave out the rest. A piece of which no part is shown may be an
 * unsure digit as a whole, which says nothing of its neighbours.
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
  const likely = judge(lines, picture);
  const minConfidence = lines.flat().length === 1 ? MIN_CONFIDENCE_ALONE : MIN_CONFIDENCE;
  const alone = isOnePiece(lines); // nothing to compare it with: doubt is shown
  let leftOut = 0;
  const show = (candidate: Candidate, i: number): Shown[] => {
    const [read] = readDigit(candidate.probabilities, candidate.box, confidenceThreshold).digits as [DigitReading];
    const probability = likely.get(candidate) as number;
    // A box says that a digit stands there.
    const digit = probability < NAMED && !candidate.boxed ? { ...read, digit: null } : read;
    const high = candidate.box.height >= MIN_HEIGHT * (heights[i] as number);
    const mayBeDigit = high && read.confidence >= minConfidence && (alone || probability >= MAY_BE);
    if (digit.digit !== null || mayBeDigit || candidate.boxed) return [{ candidate, digit }];
    if (high) leftOut++;
    return [];
  };
  const showAll = (some: typeof lines) => some.map((line, i) => line.flatMap((one) => show(one, i)));
  let shown = showAll(lines);
  const whole = putTogether(lines, shown.flat(), confidenceThreshold);
  if (whole !== null) {
    for (const [one, probability] of judge(whole, picture)) if (!likely.has(one)) likely.set(one, probability);
    leftOut = 0;
    shown = showAll(whole);
  }
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

/** How likely each is a digit, 0 to 1. */
function judge(lines: readonly (readonly Candidate[])[], picture: Size | null): Map<Candidate, number> {
  const likely = isDigit(lines, picture);
  return new Map(lines.flatMap((line, i) => line.map((one, k) => [one, likely[i]?.[k] as number] as const)));
}

/** The lines with each piece of which no part is shown as a whole again, if it is an unsure digit; null where there is none. */
function putTogether(
  lines: readonly (readonly Candidate[])[],
  shown: readonly Shown[],
  confidenceThreshold: number,
): Candidate[][] | null {
  const kept = new Set(shown.map(({ candidate }) => candidate.cutFrom));
  const again = ({ cutFrom: piece }: Candidate) =>
    piece !== undefined && !kept.has(piece) && piece.confidence <= confidenceThreshold ? piece : null;
  const whole = lines.map((line) => [...new Set(line.map((one) => again(one) ?? one))]);
  return lines.flat().some(again) ? whole : null;
}

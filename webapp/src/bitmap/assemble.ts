import { type DigitReading, joinImages, readDigit } from '../reading';
import type { PictureReading, Remarks } from './readPicture';
import type { Candidate } from './readPieces';

/** What is no digit is shown as an unsure one from this height, as a share of the line's, and this confidence on. */
const MIN_HEIGHT = 0.55;
const MIN_CONFIDENCE = 0.3;

const NO_REMARKS: Remarks = { turned: 0, linesRemoved: null, emptyBoxes: [], leftOut: 0, cutOff: 0, notRead: 0 };

/** Name what is sure, mark with `?` what may be a digit, and leave out the rest. */
export function assemble(
  lines: readonly (readonly Candidate[])[],
  heights: readonly number[],
  confidenceThreshold: number,
): PictureReading {
  const shown = lines.map((line, i) =>
    line.flatMap((candidate) => {
      const [digit] = readDigit(candidate.probabilities, candidate.box, confidenceThreshold).digits as [DigitReading];
      const mayBeDigit =
        candidate.box.height >= MIN_HEIGHT * (heights[i] as number) && digit.confidence >= MIN_CONFIDENCE;
      return digit.digit !== null || mayBeDigit ? [{ candidate, digit }] : [];
    }),
  );
  const all = shown.flat();
  if (all.length === 0) return nothingRead('no-digit');
  const texts = shown.map((line) => line.map(({ digit }) => digit.digit ?? '?').join('')).filter((text) => text !== '');
  return {
    text: texts.join(''),
    digits: all.map(({ digit }) => digit),
    lines: texts,
    images: joinImages(all.map(({ candidate }) => candidate.image)),
    nothing: null,
    remarks: NO_REMARKS,
  };
}

export function nothingRead(nothing: 'blank' | 'no-digit'): PictureReading {
  return { text: '', digits: [], lines: [], images: new Float32Array(0), nothing, remarks: NO_REMARKS };
}

import { PIXELS } from '../../ink';
import { DOUBTFUL, doubtfulDigits, likelyDigits } from '../../reading';
import type { ImageReading } from '../../recognizer';

/** One digit of a picture: what was read, and what the user said it is. */
export interface PictureDigit {
  /** 0 to 9; null if unsure. */
  readonly digit: number | null;
  /** The probability of the likeliest digit, 0 to 1. */
  readonly confidence: number;
  readonly probabilities: readonly number[];
  /** The line it stands in, from 0. */
  readonly line: number;
  /** 0 to 9; null for no digit; undefined as long as the user has not said it. */
  readonly said?: number | null | undefined;
}

/** The digits of a picture, in their order. */
export function digitsOf({ digits, lines }: Pick<ImageReading, 'digits' | 'lines'>): PictureDigit[] {
  const lineOf = lines.flatMap((text, line) => Array<number>(text.length).fill(line));
  return digits.map(({ digit, confidence, probabilities }, i) => {
    return { digit, confidence, probabilities, line: lineOf[i] ?? 0 };
  });
}

/** The network's image of the digit at `index`: 784 pixels, 0 (paper) to 1 (ink). */
export function imageOf({ images }: Pick<ImageReading, 'images'>, index: number): Float32Array {
  return images.slice(index * PIXELS, (index + 1) * PIXELS);
}

/** What a digit counts as: what the user said, else what was read. "?" if unsure, empty for no digit. */
export function shownAs({ digit, said }: PictureDigit): string {
  if (said !== undefined) return said === null ? '' : String(said);
  return String(digit ?? '?');
}

/** The text of each line; a line in which the user found no digit is left out. */
export function linesOf(digits: readonly PictureDigit[]): string[] {
  const lines: string[] = [];
  for (const digit of digits) lines[digit.line] = (lines[digit.line] ?? '') + shownAs(digit);
  return lines.filter((line) => line); // filter also skips lines without an entry
}

/** The confidence of the least sure digit, 0 to 1. What the user said is sure. */
export function confidenceOf(digits: readonly PictureDigit[]): number {
  return Math.min(1, ...digits.filter(({ said }) => said === undefined).map(({ confidence }) => confidence));
}

/** Whether somebody should have a look at a digit. */
export function isDoubtful({ confidence, digit, said }: PictureDigit): boolean {
  return said === undefined && (digit === null || confidence <= DOUBTFUL);
}

/** The place of the least sure of the doubtful digits; -1 where there is none. */
export function worstDigit(digits: readonly PictureDigit[]): number {
  let worst = -1;
  for (const [i, digit] of digits.entries()) {
    if (!isDoubtful(digit)) continue;
    if (worst < 0 || digit.confidence < (digits[worst] as PictureDigit).confidence) worst = i;
  }
  return worst;
}

/** The digits that a doubtful one may be: two, one or none. */
export function mayBe({ probabilities, digit }: PictureDigit): readonly number[] {
  return (digit === null ? likelyDigits : doubtfulDigits)(probabilities);
}

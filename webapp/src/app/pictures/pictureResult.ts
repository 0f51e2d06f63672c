import type { ImageReading } from '../../api';
import { turnBox } from '../../bitmap';
import { type Box, middleY, overlapX, overlapY } from '../../box';
import { PIXELS } from '../../ink';
import { DOUBTFUL, doubtfulDigits, likelyDigits } from '../../reading';

/** Stands for an empty box in text. A space would look like the end of a line, and a hyphen like a minus. */
export const EMPTY = '_';

/** Two boxes that share more than this of what they cover are of the same ink. */
const SAME_PLACE = 0.5;

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

/** An empty box in a row of boxes. */
export interface EmptyPlace {
  /** The line it stands in, from 0. */
  readonly line: number;
  /** The place, among all digits, of the one that follows it. */
  readonly before: number;
}

/** A picture as it was read, the right way up. */
export interface Upright {
  readonly width: number;
  readonly height: number;
  /** Of the digits. */
  readonly boxes: readonly Box[];
}

/** The digits of a picture, in their order. */
export function digitsOf({ digits, lines }: Pick<ImageReading, 'digits' | 'lines'>): PictureDigit[] {
  const lineOf = lines.flatMap((text, line) => Array<number>(text.length).fill(line));
  return digits.map(({ digit, confidence, probabilities }, i) => {
    return { digit, confidence, probabilities, line: lineOf[i] ?? 0 };
  });
}

/** Turn a picture's size and boxes as the picture was turned to be read. */
export function uprightOf({ digits, width, height, remarks: { turned } }: ImageReading): Upright {
  const boxes = digits.map(({ box }) => turnBox(box, width, height, turned));
  return turned % 180 === 0 ? { width, height, boxes } : { width: height, height: width, boxes };
}

/** The empty boxes, each in the line of the digit that follows it; where none does, in the nearest line. */
export function emptyPlacesOf(reading: ImageReading): EmptyPlace[] {
  const { width, height, remarks } = reading;
  const digits = digitsOf(reading);
  const { boxes } = uprightOf(reading);
  return remarks.emptyBoxes.map(({ box, before }) => {
    const next = digits[before];
    if (next) return { line: next.line, before };
    const middle = middleY(turnBox(box, width, height, remarks.turned));
    const away = boxes.map((other) => Math.abs(middleY(other) - middle));
    const { line = 0 } = digits[away.indexOf(Math.min(...away))] ?? {};
    return { line, before: digits.findLastIndex((digit) => digit.line === line) + 1 };
  });
}

/** What stands in each line, from left to right: the place of a digit, or null for an empty box. */
export function placesByLine(
  digits: readonly PictureDigit[],
  empty: readonly EmptyPlace[] = [],
): (readonly (number | null)[])[] {
  const lines: number[][] = [];
  for (const [i, { line }] of digits.entries()) {
    lines[line] ??= [];
    lines[line].push(i);
  }
  return lines
    .map((line, number) => {
      const there = empty
        .filter((one) => one.line === number)
        .map(({ before }) => ({ place: null, order: before - 0.5 }));
      const ordered = [...line.map((i) => ({ place: i, order: i })), ...there].sort((a, b) => a.order - b.order);
      return ordered.map(({ place }) => place);
    })
    .filter((line) => line); // filter also skips lines without an entry
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

/** The text of each line, "_" for an empty box; a line in which the user found no digit is left out. */
export function linesOf(digits: readonly PictureDigit[], empty: readonly EmptyPlace[] = []): string[] {
  return placesByLine(digits, empty)
    .map((line) => line.map((i) => (i === null ? EMPTY : shownAs(digits[i] as PictureDigit))).join(''))
    .filter((line) => line.replaceAll(EMPTY, '') !== '');
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

/**
 * The digits of a picture that was read again, with what the user said of those that are the same as before: at the same
 * place, and read as the same or as what the user said.
 */
export function keepSaid(
  before: { readonly reading: Pick<ImageReading, 'digits'>; readonly digits: readonly PictureDigit[] },
  reading: Pick<ImageReading, 'digits' | 'lines'>,
): PictureDigit[] {
  const said = before.digits.flatMap((digit, i) =>
    digit.said === undefined ? [] : [{ ...digit, box: before.reading.digits[i]?.box }],
  );
  return digitsOf(reading).map((digit, i) => {
    const box = reading.digits[i]?.box;
    const same = said.find(
      (one) => one.box && box && sharedArea(one.box, box) > SAME_PLACE && [one.digit, one.said].includes(digit.digit),
    );
    return same ? { ...digit, said: same.said } : digit;
  });
}

/** The area that two boxes share, as a share of the area that either covers. */
function sharedArea(one: Box, other: Box): number {
  const shared = Math.max(0, overlapX(one, other)) * Math.max(0, overlapY(one, other));
  return shared / (one.width * one.height + other.width * other.height - shared);
}

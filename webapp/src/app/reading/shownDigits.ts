import type { Ink } from '../../ink';
import { type DigitReading, DOUBTFUL, doubtfulDigits, inkOfDigit, likelyDigits, type Reading } from '../../reading';
import type { Said } from './said';

/** A digit on the sheet, as the page shows it. */
export interface ShownDigit {
  /** As the network read it. */
  readonly digit: DigitReading;
  /** 0 to 9 as it is shown, which is what the person said; null if unknown. */
  readonly label: number | null;
  /** Whether the person said it. */
  readonly isSaid: boolean;
  /** The digits that it may be if it is in doubt: two, one or none. */
  readonly likely: readonly number[];
  /** Whether the reading is doubtful, so that the page asks. */
  readonly inDoubt: boolean;
  /** The ink of this digit alone. */
  readonly ink: Ink;
  /** What other digits share of its strokes; it stays when the digit is removed. */
  readonly rest: Ink;
  /** Its place in the number, from 0. */
  readonly index: number;
}

/** The digits of a reading of `ink`, with what the person said about them. */
export function shownDigits({ digits }: Reading, ink: Ink, said: Said): ShownDigit[] {
  return digits.map((digit, index) => {
    const own = inkOfDigit(digit, ink);
    const label = said.of(own);
    const isSaid = label !== undefined;
    const inDoubt = !isSaid && digit.confidence <= DOUBTFUL;
    const candidates = digit.digit === null ? likelyDigits : doubtfulDigits;
    return {
      digit,
      label: isSaid ? label : digit.digit,
      isSaid,
      likely: inDoubt ? candidates(digit.probabilities) : [],
      inDoubt,
      ink: own,
      rest: digits.filter((other) => other !== digit).flatMap((other) => sharedInk(digit, other)),
      index,
    };
  });
}

/** The parts of `other` that lie on strokes of `digit`. */
function sharedInk(digit: DigitReading, { strokes, ink }: DigitReading): Ink {
  return ink?.filter((_, i) => digit.strokes?.includes(strokes?.[i] ?? -1)) ?? [];
}

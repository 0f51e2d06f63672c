import { type Ink, nameOfInk } from '../ink';
import { type DigitReading, inkOfDigit, NOTHING_READ, type Reading } from '../reading';

/** What was said about a sheet beside its ink. It never changes. */
export interface PadText {
  /** Digits that were typed; they stand before those that are read. */
  readonly typed: string;
  /** What digits of the ink really are, by the names of their ink. */
  readonly said: ReadonlyMap<string, number>;
}

/** A reading, and the ink that it is of. */
export interface InkReading {
  readonly reading: Reading;
  readonly ink: Ink;
}

export const NOTHING_SAID: PadText = { typed: '', said: new Map() };

export const NO_INK: InkReading = { reading: NOTHING_READ, ink: [] };

/** Text that was typed, without ink. */
export function typedText(typed: string): PadText {
  return { typed, said: NOTHING_SAID.said };
}

/** The value of a pad: what was typed, then what was read, with `?` for a digit that is unsure. */
export function valueText({ typed, said }: PadText, { reading, ink }: InkReading): string {
  const name = (digit: DigitReading) => (said.size > 0 ? said.get(nameOfInk(inkOfDigit(digit, ink))) : undefined);
  return typed + reading.digits.map((digit) => name(digit) ?? digit.digit ?? '?').join('');
}

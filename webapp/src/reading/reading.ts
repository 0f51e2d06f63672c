import type { Box, Ink } from '../ink';

/** One digit as it was read. */
export interface DigitReading {
  /** 0 to 9; null when the reading is unsure. */
  readonly digit: number | null;
  /** The probability of the likeliest digit, 0 to 1. */
  readonly confidence: number;
  /** Ten probabilities, of 0 to 9, that sum to 1. */
  readonly probabilities: readonly number[];
  /** The place of the digit, in the ink's unit or in pixels of the picture. */
  readonly box: Box;
  /** The strokes of the ink it is made of, numbered from 0 in the order of drawing; absent for a picture. */
  readonly strokes?: readonly number[];
  /** Its own parts of these strokes, where one of them goes on into another digit; absent where they are whole. */
  readonly ink?: Ink;
}

/** What was read: `text` is the digits one after another, `?` for an unsure one, empty when nothing is drawn. */
export interface Reading {
  readonly text: string;
  readonly digits: readonly DigitReading[];
}

/** The reading of an empty pad. */
export const NOTHING_READ: Reading = { text: '', digits: [] };

import type { Box } from '../ink/ink';

/** Strokes that may be one digit. Lengths are in line heights. */
export interface DigitCandidate {
  /** Which strokes of the ink, ascending. */
  readonly strokes: readonly number[];
  /** Which pieces, counted from left to right, ascending; a lattice over the pieces chooses among candidates. */
  readonly pieces: readonly number[];
  /** How many strokes and parts of strokes it is made of; such as were taken together count as one. */
  readonly count: number;
  /** For each of `strokes` the first and last of its points that belong to the candidate, where some stroke is cut. */
  readonly parts?: readonly (readonly [first: number, last: number])[];
  /** How many of its ends are cuts through a stroke. */
  readonly cuts?: number;
  /** Length of a line that only joins two digits, and is none. */
  readonly joint?: number;
  /** In the ink's unit. */
  readonly box: Box;
  readonly width: number;
  readonly height: number;
  /** The longest way that the pen went through the air, were each stroke begun as near as possible to another. */
  readonly reach: number;
  /** How far the strokes stand beside each other: 1 where one shares no part of its width with another, else down to 0. */
  readonly apart: number;
  /** How much of their width, over SWALLOWED of it, strokes share with strokes of other candidates, summed over pairs. */
  readonly swallowed: number;
  /** How often another stroke was drawn between two strokes of the candidate. */
  readonly interruptions: number;
}

/** All that may be a digit in some ink. */
export interface DigitCandidates {
  /** Pieces of ink; every reading uses each piece once. */
  readonly pieces: number;
  /** The first one is all the ink. */
  readonly candidates: readonly DigitCandidate[];
}

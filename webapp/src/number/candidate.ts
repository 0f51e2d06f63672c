import type { Box } from '../box';

/** Ink of one digit, or of one thing that need not be a digit, is not wider; in line heights. */
export const MAX_WIDTH_OF_ONE = 0.9;

/** Strokes that may be one digit. Lengths are in line heights. */
export interface DigitCandidate {
  /** Places of its strokes in the ink, ascending. */
  readonly strokes: readonly number[];
  /** The pieces of the lattice that it covers, numbered from left to right, ascending. */
  readonly pieces: readonly number[];
  /** How many pieces it is made of. A piece is a stroke, a part of one, or several strokes that were joined. */
  readonly count: number;
  /** For each of `strokes` the first and last of its points that belong to the candidate, where a stroke is cut. */
  readonly parts?: readonly (readonly [first: number, last: number])[];
  /** How many of its ends are cuts through a stroke. */
  readonly cuts?: number;
  /** The length of a line that only connects two digits, and belongs to neither. */
  readonly connectorLength?: number;
  /** In the ink's unit. */
  readonly box: Box;
  readonly width: number;
  readonly height: number;
  /** The longest way of the lifted pen, if each stroke began as near as possible to another. */
  readonly longestPenLift: number;
  /** How much its pieces stand beside each other: 1 where one shares no part of its width with another, else down to 0. */
  readonly sideBySide: number;
  /** How much of their width, above OVERLAP, its pieces share with other pieces, summed over all pairs. */
  readonly overlapWithOthers: number;
  /** How often another stroke was drawn between two of its strokes. */
  readonly interruptions: number;
}

/** All that may be a digit in some ink. */
export interface DigitCandidates {
  /** The number of the lattice's pieces; every reading uses each piece once. */
  readonly pieces: number;
  /** The first one is all of the ink. */
  readonly candidates: readonly DigitCandidate[];
}

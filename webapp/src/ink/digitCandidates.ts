import { describe, group } from './groupPieces';
import type { Box, Ink } from './ink';
import { measureStrokes } from './measureStrokes';
import { distances, joinAll, middle, noPairs, type Pairs, type Piece, relate } from './pieces';

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

/** Ink this much wider than high is no row of digits, but dots and dashes. */
const LONGEST_ROW = 50;

/**
 * Find the groups of strokes that may be one digit, by geometry alone: near each other, not too wide together. All the
 * ink together is always one of them. Order and time of drawing only count the interruptions.
 *
 * @throws TypeError where a point is no pair of finite numbers.
 */
export function digitCandidates(ink: Ink): DigitCandidates {
  const { strokes, height } = measureStrokes(ink);
  if (strokes.length === 0) return { pieces: 0, candidates: [] };
  const unit = height > 0 ? height : 1;
  let pieces: Piece[] = strokes.map((stroke, place) => ({ strokes: [place], box: stroke.box }));
  const all = joinAll(pieces);
  const isRow = all.box.width <= LONGEST_ROW * height;
  if (pieces.length === 1 || !isRow)
    return { pieces: 1, candidates: [describe([0], [all], strokes, noPairs(1), unit)] };
  const apart = distances(strokes, unit);
  for (;;) {
    pieces.sort((one, other) => middle(one.box) - middle(other.box));
    const pairs = relate(pieces, apart, unit);
    const groups = group(pieces, pairs, unit);
    if (groups !== null) {
      const whole = pieces.map((_, i) => i);
      const candidates = [whole, ...groups].map((members) => describe(members, pieces, strokes, pairs, unit));
      return { pieces: pieces.length, candidates };
    }
    pieces = joinClosest(pieces, pairs);
  }
}

/** Take strokes together that are closest to each other, a third of them at a time. */
function joinClosest(pieces: readonly Piece[], pairs: Pairs): Piece[] {
  const byDistance: [number, number, number][] = [];
  for (let i = 0; i < pieces.length; i++) {
    for (let j = i + 1; j < pieces.length; j++) byDistance.push([pairs.distance[i * pairs.count + j] as number, i, j]);
  }
  byDistance.sort(([one], [other]) => one - other);
  const partner = new Map<number, number>();
  for (const [, i, j] of byDistance) {
    if (partner.size >= (2 * pieces.length) / 3) break;
    if (partner.has(i) || partner.has(j)) continue;
    partner.set(i, j);
    partner.set(j, i);
  }
  return pieces.flatMap((piece, i) => {
    const other = partner.get(i);
    if (other === undefined) return [piece];
    return other < i ? [] : [joinAll([piece, pieces[other] as Piece])];
  });
}

import type { Ink } from '../ink/ink';
import type { DigitCandidates } from './candidate';
import { describe, group } from './groupPieces';
import { measureStrokes } from './measureStrokes';
import { distances, joinAll, middle, noPairs, type Pairs, type Piece, relate } from './pieces';

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

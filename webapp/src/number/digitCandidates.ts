import type { Ink } from '../ink';
import type { DigitCandidates } from './candidate';
import { describe, group } from './groupPieces';
import { measureStrokes } from './measureStrokes';
import { joinPieces, measureDistances, type Piece, type RelatedPieces, relate } from './pieces';

/** Ink this many times as wide as high is not a row of digits, but dots and dashes. */
const MAX_ASPECT = 50;

/**
 * Find the groups of strokes that may be one digit, by geometry alone: near each other, and together not too wide. All of
 * the ink is always one of them. Order and time of drawing only count as interruptions.
 *
 * @throws TypeError where a point is not a pair of finite numbers.
 */
export function digitCandidates(ink: Ink): DigitCandidates {
  const { strokes, height } = measureStrokes(ink);
  if (strokes.length === 0) return { pieces: 0, candidates: [] };
  const unit = height > 0 ? height : 1;
  let pieces: Piece[] = strokes.map((stroke) => ({ strokes: [stroke], box: stroke.box }));
  const all = joinPieces(pieces);
  if (all.box.width > MAX_ASPECT * height) pieces = [all];
  const distances = measureDistances(strokes, unit);
  for (;;) {
    const related = relate(pieces, distances, unit);
    const groups = group(related);
    if (groups !== null) {
      const candidates = [[...related.pieces.keys()], ...groups].map((members) => describe(members, related));
      return { pieces: pieces.length, candidates };
    }
    pieces = joinClosest(related);
  }
}

/** Join the pieces that are closest to each other in pairs, until two thirds of them are in a pair. */
function joinClosest({ pieces, distance }: RelatedPieces): Piece[] {
  const pairs = pieces.flatMap((_, i) => pieces.slice(i + 1).map((_, k) => [i, i + 1 + k] as const));
  const apart = ([i, j]: readonly [number, number]) => distance[i * pieces.length + j] as number;
  const partner = new Map<number, number>();
  for (const [i, j] of pairs.sort((one, other) => apart(one) - apart(other))) {
    if (partner.size >= (2 * pieces.length) / 3) break;
    if (partner.has(i) || partner.has(j)) continue;
    partner.set(i, j);
    partner.set(j, i);
  }
  return pieces.flatMap((piece, i) => {
    const other = partner.get(i);
    if (other === undefined) return [piece];
    return other < i ? [] : [joinPieces([piece, pieces[other] as Piece])];
  });
}

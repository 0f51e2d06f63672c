import type { Box } from '../ink/ink';
import type { DigitCandidate } from './candidate';
import type { MeasuredStroke } from './measureStrokes';
import { apartness, around, FARTHEST, joinAll, type Pairs, type Piece, reachOf } from './pieces';

// Of 5,995 digits by the pen digits' writers who do not test, one in a thousand is wider than 1.6 times its height, has
// a stroke farther than 0.31 of its height from the next, or a gap wider than 0.19.
export const WIDEST = 1.7;
const WIDEST_GAP = 0.35;
const MOST_PIECES = 5;

/** From this share of its width on a stroke stands above, below or inside another: a slash in a 0, the stem of a 4. */
const SWALLOWED = 0.6;

/** Where ink has more candidates, strokes that are closest to each other are taken together. */
export const MOST_CANDIDATES = 300;

/** A lattice's state is a whole number of 32 bits: pieces of a candidate lie nearer to each other than this. */
export const SPAN = 30;

/**
 * All groups of pieces that may be a digit, but not all pieces together; null where there are too many.
 *
 * @param exclude whether a piece, by its place, can't join a group.
 */
export function group(
  pieces: readonly Piece[],
  pairs: Pairs,
  unit: number,
  exclude: (members: readonly number[], next: number) => boolean = () => false,
  most = MOST_CANDIDATES,
): number[][] | null {
  const groups: number[][] = [];
  let looked = 0;
  const grow = (members: number[], box: Box): boolean => {
    const possible =
      members.length === 1 ||
      (members.length < pieces.length &&
        widestGap(members, pieces) <= WIDEST_GAP * unit &&
        reachOf(members, pairs) <= FARTHEST);
    if (possible) groups.push(members);
    looked++;
    if (groups.length > most || looked > 10 * most) return false;
    if (members.length === MOST_PIECES) return true;
    const first = members[0] as number;
    const last = Math.min(pieces.length, first + SPAN);
    for (let next = (members.at(-1) as number) + 1; next < last; next++) {
      if (exclude(members, next)) continue;
      const grown = around(box, (pieces[next] as Piece).box);
      if (grown.width <= WIDEST * unit && !grow([...members, next], grown)) return false;
    }
    return true;
  };
  const fits = pieces.every((piece, i) => grow([i], piece.box));
  return fits ? groups : null;
}

/**
 * What geometry says of a group of pieces.
 *
 * @param isOther whether a piece, by its place, stands beside the group and not in its place.
 */
export function describe(
  members: readonly number[],
  pieces: readonly Piece[],
  measured: readonly MeasuredStroke[],
  pairs: Pairs,
  unit: number,
  isOther: (place: number) => boolean = (place) => !members.includes(place),
): DigitCandidate {
  const own = joinAll(members.map((member) => pieces[member] as Piece));
  const strokes = own.strokes
    .map((place) => (measured[place] as MeasuredStroke).index)
    .sort((one, other) => one - other);
  let swallowed = 0;
  for (const i of members) {
    for (let j = 0; j < pairs.count; j++) {
      if (isOther(j)) swallowed += Math.max((pairs.shared[i * pairs.count + j] as number) - SWALLOWED, 0);
    }
  }
  return {
    strokes,
    pieces: members,
    count: members.length,
    box: own.box,
    width: own.box.width / unit,
    height: own.box.height / unit,
    reach: reachOf(members, pairs),
    apart: apartness(members, pairs),
    swallowed,
    interruptions: strokes.filter((stroke, i) => i > 0 && stroke !== (strokes[i - 1] as number) + 1).length,
  };
}

/** In the ink's unit. */
function widestGap(members: readonly number[], pieces: readonly Piece[]): number {
  const boxes = members.map((member) => (pieces[member] as Piece).box).sort((one, other) => one.x - other.x);
  let right = Infinity;
  let gap = 0;
  for (const { x, width } of boxes) {
    gap = Math.max(gap, x - right);
    right = right === Infinity ? x + width : Math.max(right, x + width);
  }
  return gap;
}

import { around, type Box } from '../box';
import type { DigitCandidate } from './candidate';
import { joinPieces, longestPenLift, MAX_PEN_LIFT, type Piece, type RelatedPieces } from './pieces';

// In line heights. Of 5,995 digits by the pen digits' writers outside the test set, one in a thousand is wider than 1.6
// times its height, has a stroke farther than 0.31 of its height from the next, or a gap wider than 0.19.
export const MAX_WIDTH = 1.7;
const MAX_GAP = 0.35;
const MAX_PIECES = 5;

/** From this share of its width on a stroke stands above, below or inside another: a slash in a 0, the stem of a 4. */
const OVERLAP = 0.6;

/** Where there are more groups, the strokes closest to each other are joined. */
const MAX_GROUPS = 300;

/** A lattice's state is a whole number of 32 bits: the pieces of a candidate lie nearer to each other than this. */
export const MAX_SPAN = 30;

/**
 * All groups of pieces that may be a digit, by their places, but not all pieces together; null where there are too many.
 *
 * @param isExcluded whether a piece, by its place, can't join a group.
 */
export function group(
  related: RelatedPieces,
  isExcluded: (members: readonly number[], next: number) => boolean = () => false,
  maxGroups = MAX_GROUPS,
): number[][] | null {
  const { pieces, unit } = related;
  const groups: number[][] = [];
  let tried = 0;
  const grow = (members: number[], box: Box): boolean => {
    const possible =
      members.length < pieces.length &&
      widestGap(members, pieces) <= MAX_GAP * unit &&
      longestPenLift(members, related) <= MAX_PEN_LIFT;
    if (possible) groups.push(members);
    tried++;
    if (groups.length > maxGroups || tried > 10 * maxGroups) return false;
    if (members.length === MAX_PIECES) return true;
    const end = Math.min(pieces.length, (members[0] as number) + MAX_SPAN);
    for (let next = (members.at(-1) as number) + 1; next < end; next++) {
      if (isExcluded(members, next)) continue;
      const grown = around(box, (pieces[next] as Piece).box);
      if (grown.width <= MAX_WIDTH * unit && !grow([...members, next], grown)) return false;
    }
    return true;
  };
  return pieces.every(({ box }, i) => grow([i], box)) ? groups : null;
}

/**
 * Describe a group of pieces by its geometry.
 *
 * @param members places of its pieces, ascending.
 * @param isOther whether a piece, by its place, stands beside the group; those that can only replace a member don't.
 */
export function describe(
  members: readonly number[],
  related: RelatedPieces,
  isOther: (place: number) => boolean = (place) => !members.includes(place),
): DigitCandidate {
  const { pieces, unit } = related;
  const { box, strokes } = joinPieces(members.map((member) => pieces[member] as Piece));
  const places = strokes.map(({ index }) => index).sort((one, other) => one - other);
  return {
    strokes: places,
    pieces: members,
    count: members.length,
    box,
    width: box.width / unit,
    height: box.height / unit,
    longestPenLift: longestPenLift(members, related),
    sideBySide: sideBySide(members, related),
    overlapWithOthers: overlapWithOthers(members, related, isOther),
    interruptions: places.filter((place, i) => i > 0 && place !== (places[i - 1] as number) + 1).length,
  };
}

function sideBySide(members: readonly number[], { pieces, shared }: RelatedPieces): number {
  if (members.length === 1) return 0;
  const sharedWithOne = members.map((i) =>
    Math.max(...members.map((j) => (i === j ? 0 : (shared[i * pieces.length + j] as number)))),
  );
  return 1 - Math.min(...sharedWithOne);
}

function overlapWithOthers(
  members: readonly number[],
  { pieces, shared }: RelatedPieces,
  isOther: (place: number) => boolean,
): number {
  const others = [...pieces.keys()].filter(isOther);
  let sum = 0;
  for (const i of members) {
    for (const j of others) sum += Math.max((shared[i * pieces.length + j] as number) - OVERLAP, 0);
  }
  return sum;
}

/** The widest gap between pieces, in the ink's unit. */
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

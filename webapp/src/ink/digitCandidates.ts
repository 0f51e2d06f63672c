import type { Box, Ink } from './ink';
import { distanceBetween, type MeasuredStroke, measureStrokes } from './measureStrokes';

/** Strokes that may be one digit. Lengths are in line heights. */
export interface DigitCandidate {
  /** Which strokes of the ink, ascending. */
  readonly strokes: readonly number[];
  /** Which pieces, counted from left to right, ascending; a lattice over the pieces chooses among candidates. */
  readonly pieces: readonly number[];
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

// Of 5,995 digits by the pen digits' writers who do not test, one in a thousand is wider than 1.6 times its height, has
// a stroke farther than 0.31 of its height from the next, or a gap wider than 0.19.
const WIDEST = 1.7;
const FARTHEST = 0.6;
const WIDEST_GAP = 0.35;
const MOST_PIECES = 5;

/** The width that a stroke has at least, were it upright. */
const LEAST_WIDTH = 0.05;

/** From this share of its width on a stroke stands above, below or inside another: a slash in a 0, the stem of a 4. */
const SWALLOWED = 0.6;

/** Strokes with more than this between them, one above the other, don't stand on the same line. */
const SAME_LINE = 0.2;

/** Ink this much wider than high is no row of digits, but dots and dashes. */
const LONGEST_ROW = 50;

/** Where ink has more candidates, strokes that are closest to each other are taken together. */
const MOST_CANDIDATES = 300;

/** A lattice's state is a whole number of 32 bits: pieces of a candidate lie nearer to each other than this. */
const SPAN = 30;

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

/** Strokes that are never parted. */
interface Piece {
  /** Their places among the measured strokes. */
  readonly strokes: readonly number[];
  readonly box: Box;
}

/** For each two pieces, by rows: how far apart they are, and how much of the narrower one's width they share. */
interface Pairs {
  readonly count: number;
  readonly distance: Float64Array;
  readonly shared: Float64Array;
}

function noPairs(count: number): Pairs {
  return { count, distance: new Float64Array(count ** 2), shared: new Float64Array(count ** 2) };
}

/** How far each two strokes are apart, by rows, in line heights; where it is far, at least so far. */
function distances(strokes: readonly MeasuredStroke[], unit: number): Float64Array {
  const count = strokes.length;
  const found = new Float64Array(count ** 2);
  for (const [i, one] of strokes.entries()) {
    for (let j = i + 1; j < count; j++) {
      const other = strokes[j] as MeasuredStroke;
      const apart = boxDistance(one.box, other.box) / unit;
      const distance = apart > FARTHEST ? apart : distanceBetween(one.trace, other.trace);
      found[i * count + j] = distance;
      found[j * count + i] = distance;
    }
  }
  return found;
}

function relate(pieces: readonly Piece[], apart: Float64Array, unit: number): Pairs {
  const strokes = Math.sqrt(apart.length);
  const pairs = noPairs(pieces.length);
  for (const [i, one] of pieces.entries()) {
    for (let j = i + 1; j < pieces.length; j++) {
      const other = pieces[j] as Piece;
      let distance = Infinity;
      for (const from of one.strokes) {
        for (const to of other.strokes) distance = Math.min(distance, apart[from * strokes + to] as number);
      }
      const shared = sharedWidth(one.box, other.box, unit);
      for (const at of [i * pairs.count + j, j * pairs.count + i]) {
        pairs.distance[at] = distance;
        pairs.shared[at] = shared;
      }
    }
  }
  return pairs;
}

/** How much of the narrower one's width two pieces share, 0 to 1. */
function sharedWidth(one: Box, other: Box, unit: number): number {
  const apartY = -overlap(one.y, one.height, other.y, other.height) / unit;
  if (apartY > SAME_LINE) return 0;
  const [width, otherWidth] = [one, other].map((box) => Math.max(box.width, LEAST_WIDTH * unit)) as [number, number];
  const shared = overlap(middle(one) - width / 2, width, middle(other) - otherWidth / 2, otherWidth);
  return Math.min(Math.max(shared / Math.min(width, otherWidth), 0), 1);
}

function boxDistance(one: Box, other: Box): number {
  const apartX = -overlap(one.x, one.width, other.x, other.width);
  const apartY = -overlap(one.y, one.height, other.y, other.height);
  return Math.hypot(Math.max(apartX, 0), Math.max(apartY, 0));
}

/** All groups of pieces that may be a digit, but not all pieces together; null where there are too many. */
function group(pieces: readonly Piece[], pairs: Pairs, unit: number): number[][] | null {
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
    if (groups.length > MOST_CANDIDATES || looked > 10 * MOST_CANDIDATES) return false;
    if (members.length === MOST_PIECES) return true;
    const first = members[0] as number;
    const last = Math.min(pieces.length, first + SPAN);
    for (let next = (members.at(-1) as number) + 1; next < last; next++) {
      const grown = around(box, (pieces[next] as Piece).box);
      if (grown.width <= WIDEST * unit && !grow([...members, next], grown)) return false;
    }
    return true;
  };
  const fits = pieces.every((piece, i) => grow([i], piece.box));
  return fits ? groups : null;
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

function joinAll(pieces: readonly Piece[]): Piece {
  return {
    strokes: pieces.flatMap((piece) => piece.strokes),
    box: pieces.map((piece) => piece.box).reduce(around),
  };
}

function describe(
  members: readonly number[],
  pieces: readonly Piece[],
  measured: readonly MeasuredStroke[],
  pairs: Pairs,
  unit: number,
): DigitCandidate {
  const own = joinAll(members.map((member) => pieces[member] as Piece));
  const strokes = own.strokes
    .map((place) => (measured[place] as MeasuredStroke).index)
    .sort((one, other) => one - other);
  let swallowed = 0;
  for (const i of members) {
    for (let j = 0; j < pairs.count; j++) {
      if (!members.includes(j)) swallowed += Math.max((pairs.shared[i * pairs.count + j] as number) - SWALLOWED, 0);
    }
  }
  return {
    strokes,
    pieces: members,
    box: own.box,
    width: own.box.width / unit,
    height: own.box.height / unit,
    reach: reachOf(members, pairs),
    apart: apartness(members, pairs),
    swallowed,
    interruptions: strokes.filter((stroke, i) => i > 0 && stroke !== (strokes[i - 1] as number) + 1).length,
  };
}

/** The longest edge of the shortest tree that joins all members (Prim's algorithm). */
function reachOf(members: readonly number[], pairs: Pairs): number {
  const [first, ...rest] = members;
  const outside = new Map(
    rest.map((member) => [member, pairs.distance[(first as number) * pairs.count + member] as number]),
  );
  let reach = 0;
  while (outside.size > 0) {
    const [nearest, distance] = [...outside].reduce((one, other) => (other[1] < one[1] ? other : one));
    outside.delete(nearest);
    reach = Math.max(reach, distance);
    for (const [member, known] of outside) {
      outside.set(member, Math.min(known, pairs.distance[nearest * pairs.count + member] as number));
    }
  }
  return reach;
}

function apartness(members: readonly number[], pairs: Pairs): number {
  if (members.length === 1) return 0;
  const most = members.map((i) =>
    Math.max(...members.map((j) => (i === j ? 0 : (pairs.shared[i * pairs.count + j] as number)))),
  );
  return 1 - Math.min(...most);
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

function middle({ x, width }: Box): number {
  return x + width / 2;
}

/** How long two stretches overlap; below 0, how far apart they are. */
function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}

/** The box round two boxes. */
function around(one: Box, other: Box): Box {
  const x = Math.min(one.x, other.x);
  const y = Math.min(one.y, other.y);
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  };
}

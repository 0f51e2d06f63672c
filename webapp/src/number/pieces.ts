import type { Box } from '../ink/ink';
import { distanceBetween, type MeasuredStroke } from './measureStrokes';

/** A digit's stroke is not farther from its next one, in line heights. */
export const FARTHEST = 0.6;

/** The width that a stroke has at least, were it upright. */
const LEAST_WIDTH = 0.05;

/** Strokes with more than this between them, one above the other, don't stand on the same line. */
const SAME_LINE = 0.2;

/** Strokes that are never parted. */
export interface Piece {
  /** Their places among the measured strokes. */
  readonly strokes: readonly number[];
  readonly box: Box;
}

/** For each two pieces, by rows: how far apart they are, and how much of the narrower one's width they share. */
export interface Pairs {
  readonly count: number;
  readonly distance: Float64Array;
  readonly shared: Float64Array;
}

export function noPairs(count: number): Pairs {
  return { count, distance: new Float64Array(count ** 2), shared: new Float64Array(count ** 2) };
}

/** How far each two strokes are apart, by rows, in line heights; where it is far, at least so far. */
export function distances(strokes: readonly MeasuredStroke[], unit: number): Float64Array {
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

export function relate(pieces: readonly Piece[], apart: Float64Array, unit: number): Pairs {
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
export function sharedWidth(one: Box, other: Box, unit: number): number {
  const apartY = -overlap(one.y, one.height, other.y, other.height) / unit;
  if (apartY > SAME_LINE) return 0;
  const [width, otherWidth] = [one, other].map((box) => Math.max(box.width, LEAST_WIDTH * unit)) as [number, number];
  const shared = overlap(middle(one) - width / 2, width, middle(other) - otherWidth / 2, otherWidth);
  return Math.min(Math.max(shared / Math.min(width, otherWidth), 0), 1);
}

export function boxDistance(one: Box, other: Box): number {
  const apartX = -overlap(one.x, one.width, other.x, other.width);
  const apartY = -overlap(one.y, one.height, other.y, other.height);
  return Math.hypot(Math.max(apartX, 0), Math.max(apartY, 0));
}

/** The longest edge of the shortest tree that joins all members (Prim's algorithm). */
export function reachOf(members: readonly number[], pairs: Pairs): number {
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

export function apartness(members: readonly number[], pairs: Pairs): number {
  if (members.length === 1) return 0;
  const most = members.map((i) =>
    Math.max(...members.map((j) => (i === j ? 0 : (pairs.shared[i * pairs.count + j] as number)))),
  );
  return 1 - Math.min(...most);
}

export function middle({ x, width }: Box): number {
  return x + width / 2;
}

/** How long two stretches overlap; below 0, how far apart they are. */
export function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}

/** The box round two boxes. */
export function around(one: Box, other: Box): Box {
  const x = Math.min(one.x, other.x);
  const y = Math.min(one.y, other.y);
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  };
}

export function joinAll(pieces: readonly Piece[]): Piece {
  return {
    strokes: pieces.flatMap((piece) => piece.strokes),
    box: pieces.map((piece) => piece.box).reduce(around),
  };
}

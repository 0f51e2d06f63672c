import { around, type Box, middleX, overlapX, overlapY } from '../box';
import { distanceBetween, type MeasuredStroke } from './measureStrokes';

/** The largest distance between a digit's stroke and the nearest other one, in line heights. */
export const MAX_PEN_LIFT = 0.6;

/** Narrower strokes count as so wide, in line heights. */
const MIN_WIDTH = 0.05;

/** Strokes with a larger gap between them, one above the other, don't stand on the same line; in line heights. */
const MAX_GAP_DOWN = 0.2;

/** Strokes that stay together. */
export interface Piece {
  readonly strokes: readonly MeasuredStroke[];
  readonly box: Box;
}

/** The distance between two strokes, in line heights. */
export type StrokeDistance = (one: MeasuredStroke, other: MeasuredStroke) => number;

/** Pieces from left to right, and for each two of them, by rows of a matrix, how they stand to each other. */
export interface RelatedPieces {
  readonly pieces: readonly Piece[];
  /** The line's height, in the ink's unit. */
  readonly unit: number;
  /** In line heights; where it is more than MAX_PEN_LIFT, a lower bound. */
  readonly distance: Float64Array;
  /** How much of the narrower one's width they share, 0 to 1. */
  readonly shared: Float64Array;
}

/** Compare by the middle of the boxes, for sorting. */
export function leftToRight(one: { readonly box: Box }, other: { readonly box: Box }): number {
  return middleX(one.box) - middleX(other.box);
}

/** Several pieces as one. */
export function joinPieces(pieces: readonly Piece[]): Piece {
  return { strokes: pieces.flatMap(({ strokes }) => strokes), box: pieces.map(({ box }) => box).reduce(around) };
}

/** Measure how far any two strokes are apart, in line heights; where their boxes are far apart, how far these are. */
export function measureDistances(strokes: readonly MeasuredStroke[], unit: number): StrokeDistance {
  const place = new Map(strokes.map((stroke, i) => [stroke, i]));
  const distance = matrix(strokes, (one, other) => {
    const across = Math.max(-overlapX(one.box, other.box), 0);
    const down = Math.max(-overlapY(one.box, other.box), 0);
    const boxDistance = Math.hypot(across, down) / unit;
    return boxDistance > MAX_PEN_LIFT ? boxDistance : distanceBetween(one, other);
  });
  return (one, other) => distance[(place.get(one) as number) * strokes.length + (place.get(other) as number)] as number;
}

/** Sort pieces from left to right and relate each two of them. */
export function relate(unsorted: readonly Piece[], distanceOf: StrokeDistance, unit: number): RelatedPieces {
  const pieces = [...unsorted].sort(leftToRight);
  const distance = matrix(pieces, (one, other) =>
    Math.min(...one.strokes.flatMap((from) => other.strokes.map((to) => distanceOf(from, to)))),
  );
  return { pieces, unit, distance, shared: matrix(pieces, (one, other) => sharedWidth(one.box, other.box, unit)) };
}

/** The longest edge of the shortest tree that connects the members, by their places (Prim's algorithm). */
export function longestPenLift(members: readonly number[], { pieces, distance }: RelatedPieces): number {
  const between = (one: number, other: number) => distance[one * pieces.length + other] as number;
  const [first, ...rest] = members as [number, ...number[]];
  const outside = new Map(rest.map((member) => [member, between(first, member)]));
  let longest = 0;
  while (outside.size > 0) {
    const [nearest, length] = [...outside].reduce((one, other) => (other[1] < one[1] ? other : one));
    outside.delete(nearest);
    longest = Math.max(longest, length);
    for (const [member, before] of outside) outside.set(member, Math.min(before, between(nearest, member)));
  }
  return longest;
}

/** A value for each two of some items, whatever their order, by rows; 0 for an item and itself. */
function matrix<Item>(items: readonly Item[], relation: (one: Item, other: Item) => number): Float64Array {
  const values = new Float64Array(items.length ** 2);
  for (const [i, one] of items.entries()) {
    for (let j = i + 1; j < items.length; j++) {
      const value = relation(one, items[j] as Item);
      values[i * items.length + j] = value;
      values[j * items.length + i] = value;
    }
  }
  return values;
}

/** The share of the narrower one's width that two boxes have in common, 0 to 1. */
function sharedWidth(one: Box, other: Box, unit: number): number {
  if (-overlapY(one, other) / unit > MAX_GAP_DOWN) return 0;
  const [wide, otherWide] = [widened(one, unit), widened(other, unit)];
  const shared = overlapX(wide, otherWide) / Math.min(wide.width, otherWide.width);
  return Math.min(Math.max(shared, 0), 1);
}

/** A box that is at least MIN_WIDTH wide, with the same middle. */
function widened(box: Box, unit: number): Box {
  const width = Math.max(box.width, MIN_WIDTH * unit);
  return { ...box, x: middleX(box) - width / 2, width };
}

import type { Point, Stroke } from '../ink';
import { lengthsAlong } from './measureStrokes';

// Lengths are in line heights.

/** A break lies where what comes before reaches at most so far to the right into what follows. */
const MAX_OVERLAP = 0.2;

/** What comes before a break, or what follows, is at least so high, and the other so wide: the bar of a 7, a flag. */
const MIN_HEIGHT = 0.5;
const MIN_WIDTH = 0.2;

/** A point counts as clear of both sides up to this overlap above the least one. */
const CLEAR_TOLERANCE = 0.02;

/** How far back and ahead a corner is measured, and the largest cosine of its angle: it turns by more than 50°. */
const CHORD = 0.12;
const MAX_COSINE = 0.64;

/** The least distance between breaks along the stroke; a stretch without a corner from the second one on is broken too. */
const MIN_DISTANCE = 0.1;
const MIN_LONG = 0.4;

/** A stroke with more breaks is not a row of digits. */
const MAX_BREAKS = 14;

/**
 * Where a stroke may go on from one digit into the next: stretches in which it runs to the right, with all before to the
 * left of all after. Breaks are the ends of such stretches and the corners in them: what lies between two breaks may belong
 * to either digit or, as the line that connects them, to none.
 *
 * @param unit the line's height, in the ink's unit.
 * @returns places of points, ascending, without the stroke's ends; empty where the stroke can't be cut.
 */
export function strokeBreaks(stroke: Stroke, unit: number): number[] {
  const before = extents(stroke, Math.max);
  const after = extents(stroke.toReversed(), Math.min).reverse();
  const along = lengthsAlong(stroke);
  const overlap = (i: number) => (before[i] as Extent).x - (after[i] as Extent).x;
  const lengthOf = (from: number, to: number) => Math.abs((along[to] as number) - (along[from] as number));
  const mayBreak = (i: number): boolean => {
    const sides = [before[i], after[i]] as [Extent, Extent];
    if (overlap(i) > MAX_OVERLAP * unit) return false;
    const high = sides.filter(({ height }) => height >= MIN_HEIGHT * unit).length;
    return high === 2 || (high === 1 && sides.every(({ width }) => width >= MIN_WIDTH * unit));
  };
  const breaks: number[] = [];
  // One more than the most tells enough: a long zigzag has thousands.
  const add = (i: number) => {
    if (breaks.length <= MAX_BREAKS && breaks.every((other) => lengthOf(i, other) >= MIN_DISTANCE * unit))
      breaks.push(i);
  };
  for (const inside of stretches(stroke, mayBreak)) {
    for (const i of corners(stroke, along, inside, CHORD * unit)) add(i);
    const leastOverlap = inside.reduce((least, i) => Math.min(least, overlap(i)), Infinity);
    const maxOverlap = Math.max(leastOverlap, 0) + CLEAR_TOLERANCE * unit;
    const clear = inside.filter((i) => overlap(i) <= maxOverlap);
    for (const i of [clear[0], clear.at(-1)] as number[]) add(i);
    if (breaks.length > MAX_BREAKS) return [];
    const ends = breaks.filter((i) => inside.includes(i)).sort((one, other) => one - other);
    for (const [i, end] of ends.slice(1).entries()) {
      const from = ends[i] as number;
      if (lengthOf(from, end) < MIN_LONG * unit) continue;
      const middle = ((along[end] as number) + (along[from] as number)) / 2;
      add(inside.find((at) => (along[at] as number) >= middle) as number);
    }
  }
  return breaks.length > MAX_BREAKS ? [] : breaks.sort((one, other) => one - other);
}

/** Points in a row that may be breaks, and those around them while the stroke runs to the right. */
function stretches(stroke: Stroke, mayBreak: (i: number) => boolean): number[][] {
  const end = stroke.length - 1;
  const rises = (i: number) => (stroke[i + 1] as Point)[0] > (stroke[i] as Point)[0];
  const found: number[][] = [];
  for (let i = 1; i < end; i++) {
    if (!mayBreak(i)) continue;
    let first = i;
    while (i + 1 < end && mayBreak(i + 1)) i++;
    let last = i;
    // The line that connects two digits begins below or above the first one, and ends so at the second one.
    while (first > 1 && rises(first - 1)) first--;
    while (last < end - 1 && rises(last)) last++;
    found.push(Array.from({ length: last - first + 1 }, (_, k) => first + k));
  }
  return found;
}

/** The points of a stretch at which the stroke turns the most, of those near them. */
function corners(stroke: Stroke, along: readonly number[], inside: readonly number[], chord: number): number[] {
  const cosines = turns(stroke, along, inside, chord);
  return inside.filter((_, i) => {
    const near = cosines.slice(Math.max(i - 3, 0), i + 4);
    return (cosines[i] as number) < MAX_COSINE && cosines[i] === Math.min(...near);
  });
}

/** The box around the points on one side of a point: its size, and how far it reaches towards the other side. */
interface Extent {
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

/** For each point the extent of the stroke up to it; `farthest` of its left and right end is its x. */
function extents(stroke: Stroke, farthest: (one: number, other: number) => number): Extent[] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  return stroke.map(([x, y]) => {
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    return { x: farthest(left, right), width: right - left, height: bottom - top };
  });
}

/**
 * The cosines of the angles by which a stroke turns at places in a row, measured over a chord to each side. The ends of the
 * chords move on with the places, so that many points cost no more than once each.
 */
function turns(stroke: Stroke, along: readonly number[], places: readonly number[], chord: number): number[] {
  const between = (from: number, to: number) => (along[to] as number) - (along[from] as number);
  let from = places[0] as number;
  let to = from;
  while (from > 0 && between(from, places[0] as number) < chord) from--;
  return places.map((at) => {
    while (from < at && between(from + 1, at) >= chord) from++;
    to = Math.max(to, at);
    while (to < stroke.length - 1 && between(at, to) < chord) to++;
    const [[fromX, fromY], [x, y], [toX, toY]] = [stroke[from], stroke[at], stroke[to]] as [Point, Point, Point];
    const length = Math.hypot(x - fromX, y - fromY) * Math.hypot(toX - x, toY - y);
    return length > 0 ? ((x - fromX) * (toX - x) + (y - fromY) * (toY - y)) / length : 1;
  });
}

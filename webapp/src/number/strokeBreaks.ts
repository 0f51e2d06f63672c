import type { Point, Stroke } from '../ink/ink';

/** In line heights: a break is looked for where what comes before reaches no farther into what follows. */
const OVERLAP = 0.2;

/** What comes before a break, or what follows, is at least so high, and the other so wide: the bar of a 7, a flag. */
const LEAST_HEIGHT = 0.5;
const LEAST_WIDTH = 0.2;

/** How far back and ahead a corner is measured, and the cosine from which it is none: it turns by less than 50°. */
const CHORD = 0.12;
const STRAIGHT = 0.64;

/** Breaks are farther apart along the stroke; a longer stretch without a corner is broken in its middle, too. */
const APART = 0.1;
const LONG = 0.4;

/** A stroke with more is no row of digits. */
const MOST = 14;

/**
 * Where a stroke may go on from one digit into the next: places of points between which it runs rightwards, so that all
 * before lies left of all after. The ends of such stretches, and the corners in them: a stretch between two breaks may
 * belong to either digit, or, as the line that joins them, to none.
 *
 * @param unit the line's height, in the ink's unit.
 * @returns ascending, without the stroke's ends; empty where the stroke is one thing.
 */
export function strokeBreaks(stroke: Stroke, unit: number): number[] {
  const count = stroke.length;
  const before = reaches(stroke, Math.max);
  const after = reaches(stroke.toReversed(), Math.min).reverse();
  const along = lengths(stroke);
  const possible = (i: number): boolean => {
    const [left, right] = [before[i], after[i]] as [Reach, Reach];
    if (left.x - right.x > OVERLAP * unit) return false;
    const high = [left, right].filter(({ height }) => height >= LEAST_HEIGHT * unit).length;
    return high === 2 || (high === 1 && Math.min(left.width, right.width) >= LEAST_WIDTH * unit);
  };
  const rises = (i: number) => (stroke[i + 1] as Point)[0] > (stroke[i] as Point)[0];
  const breaks: number[] = [];
  const add = (i: number) => {
    const near = breaks.some((other) => Math.abs((along[i] as number) - (along[other] as number)) < APART * unit);
    if (!near) breaks.push(i);
  };
  for (let first = 1; first < count - 1; first++) {
    if (!possible(first)) continue;
    let last = first;
    while (last + 1 < count - 1 && possible(last + 1)) last++;
    const next = last;
    // The line that joins two digits begins below or above the one, and ends so at the other.
    while (first > 1 && rises(first - 1)) first--;
    while (last < count - 2 && rises(last)) last++;
    const inside = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    const overlap = (i: number) => (before[i] as Reach).x - (after[i] as Reach).x;
    const clear = inside.filter((i) => overlap(i) <= Math.max(Math.min(...inside.map(overlap)), 0) + 0.02 * unit);
    const turns = inside.map((i) => turn(stroke, along, i, CHORD * unit));
    const corners = inside.filter((_, i) => {
      const own = turns[i] as number;
      return own < STRAIGHT && own <= Math.min(...turns.slice(Math.max(i - 3, 0), i + 4));
    });
    for (const i of corners) add(i);
    for (const i of [clear[0], clear.at(-1)] as number[]) add(i);
    const ends = breaks.filter((i) => i >= first && i <= last).sort((one, other) => one - other);
    for (const [i, end] of ends.entries()) {
      const from = ends[i - 1];
      if (from === undefined || (along[end] as number) - (along[from] as number) < LONG * unit) continue;
      const middle = ((along[end] as number) + (along[from] as number)) / 2;
      add(inside.find((at) => (along[at] as number) >= middle) as number);
    }
    first = next;
  }
  return breaks.length > MOST ? [] : breaks.sort((one, other) => one - other);
}

/** How far a stroke has come at a point. */
interface Reach {
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

function reaches(stroke: Stroke, farthest: (one: number, other: number) => number): Reach[] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  return stroke.map(([x, y]) => {
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    return { x: farthest(left, right), width: right - left, height: bottom - top };
  });
}

function lengths(stroke: Stroke): number[] {
  let length = 0;
  return stroke.map(([x, y], i) => {
    const [fromX, fromY] = stroke[Math.max(i - 1, 0)] as Point;
    length += Math.hypot(x - fromX, y - fromY);
    return length;
  });
}

/** The cosine of the angle by which a stroke turns at a point. */
function turn(stroke: Stroke, along: readonly number[], at: number, chord: number): number {
  let [from, to] = [at, at];
  while (from > 0 && (along[at] as number) - (along[from] as number) < chord) from--;
  while (to < stroke.length - 1 && (along[to] as number) - (along[at] as number) < chord) to++;
  const [[fromX, fromY], [x, y], [toX, toY]] = [stroke[from], stroke[at], stroke[to]] as [Point, Point, Point];
  const length = Math.hypot(x - fromX, y - fromY) * Math.hypot(toX - x, toY - y);
  return length > 0 ? ((x - fromX) * (toX - x) + (y - fromY) * (toY - y)) / length : 1;
}

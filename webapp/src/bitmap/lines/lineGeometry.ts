import type { Plane } from '../plane';
import type { TracedLine } from './traceLines';

/** A line goes on beyond its ends as it runs in so many of its last rows. */
const TAIL = 40;

/** A line is straight, but for paper that is bent: its greatest distance from straight, as a share of its length and of its thickness. */
const MAX_BEND = 0.03;
const MAX_WOBBLE = 0.6;

/** A line lies along another one in so much of its length. */
const MIN_SHARED = 0.9;

/** Where a line is in a row; beyond its ends, where it would be. */
export function placeAt({ from, places }: TracedLine, along: number): number {
  const last = places.length - 1;
  const i = Math.round(along) - from;
  if (i >= 0 && i <= last) return places[i] as number;
  const tail = Math.min(TAIL, last);
  const [near, far] = i < 0 ? [0, tail] : [last, last - tail];
  const step = tail === 0 ? 0 : ((places[far] as number) - (places[near] as number)) / (far - near);
  return (places[near] as number) + step * (i - near);
}

/** Reads the level in row `i` of a line's axis, the nearest one beyond the picture's ends, and `j` across it, bare paper beyond. */
export function levelReader(
  { width, height, data }: Plane<Int16Array>,
  upright: boolean,
  background: number,
): (i: number, j: number) => number {
  const [along, across] = upright ? [height, width] : [width, height];
  const [stepAlong, stepAcross] = upright ? [width, 1] : [1, width];
  return (i, j) => {
    const row = Math.min(Math.max(Math.round(i), 0), along - 1);
    return j < 0 || j >= across ? background : (data[row * stepAlong + j * stepAcross] as number);
  };
}

export function lengthOf({ from, to }: TracedLine): number {
  return to - from + 1;
}

/** The slope of a line against its axis, as a tangent. */
export function slopeOf({ places }: TracedLine): number {
  return ((places.at(-1) as number) - (places[0] as number)) / Math.max(places.length - 1, 1);
}

/** Whether a line is as straight as a printed one. */
export function isStraight({ places, thickness }: TracedLine): boolean {
  const last = places.length - 1;
  const [first, end] = [places[0] as number, places[last] as number];
  let most = 0;
  for (let i = 0; i <= last; i++) {
    most = Math.max(most, Math.abs((places[i] as number) - first - ((end - first) * i) / Math.max(last, 1)));
  }
  return most <= MAX_BEND * last + MAX_WOBBLE * thickness + 1;
}

/** Whether a line lies on another one, along all of its length. */
export function liesOn(line: TracedLine, other: TracedLine): boolean {
  if (line.upright !== other.upright || line.from < other.from || line.to > other.to) return false;
  const near = other.thickness / 2;
  return line.places.every((place, i) => Math.abs(place - placeAt(other, line.from + i)) <= near);
}

/** Whether most of a line lies beside another one, no further from it than they are thick. */
export function liesAlong(line: TracedLine, other: TracedLine): boolean {
  if (line.upright !== other.upright) return false;
  const shared = Math.min(line.to, other.to) - Math.max(line.from, other.from);
  const middle = (Math.max(line.from, other.from) + Math.min(line.to, other.to)) / 2;
  const near = Math.max(line.thickness, other.thickness);
  return shared >= MIN_SHARED * lengthOf(line) && Math.abs(placeAt(line, middle) - placeAt(other, middle)) <= near;
}

/** Where two lines that run along different axes cross, in pixels of the picture. */
export function crossing(upright: TracedLine, across: TracedLine): { x: number; y: number } {
  let y = placeAt(across, placeAt(upright, (upright.from + upright.to) / 2));
  const x = placeAt(upright, y);
  y = placeAt(across, x);
  return { x: placeAt(upright, y), y };
}

/** How much a line's ends may fall short of another line that they meet. */
function shortfall(one: TracedLine, reach: number): number {
  return one.thickness / 2 + 2 + 0.25 * reach;
}

/** Whether two lines that run along different axes meet, by their ends or within. */
export function meet(upright: TracedLine, across: TracedLine, reach: number): boolean {
  const { x, y } = crossing(upright, across);
  const [down, beside] = [shortfall(across, reach), shortfall(upright, reach)];
  return y >= upright.from - down && y <= upright.to + down && x >= across.from - beside && x <= across.to + beside;
}

/** Whether a line reaches the picture's first or last row (of its own axis). */
export function reachesEdge({ upright, from, to }: TracedLine, { width, height }: Plane, reach: number): boolean {
  return from <= reach || to >= (upright ? height : width) - 1 - reach;
}

/** Whether a line runs from one edge of the picture to the other. */
export function spans({ upright, from, to }: TracedLine, { width, height }: Plane, reach: number): boolean {
  return from <= reach && to >= (upright ? height : width) - 1 - reach;
}

import type { Plane } from '../plane';
import { median } from '../statistics';

/** The steepest line of the paper: the tangent of 14 degrees. */
const MAX_SLOPE = 0.25;

/** Columns that are looked at: enough to tell a line from chance. */
const MAX_COLUMNS = 200;

/** A line shows in this share of its columns, or in the second one where ink covers it. */
const MIN_VISIBLE = 0.5;
const MIN_VISIBLE_BESIDE_INK = 0.25;

/** A line lies inside the picture in this share of the picture's columns. */
const MIN_INSIDE = 0.4;

/** Ink that covers a line is this many times as dark as the line itself. */
export const INK_RATIO = 1.6;

/** From this number on lines are the paper's: a single one may be a stroke. */
const MIN_LINES = 2;

/** Smaller pictures, in pixels, show too little paper to tell its lines from strokes. */
const MIN_SIDE = 64;

/** A straight line: `y = middle + slope * (x - width / 2)`. */
export interface RuledLine {
  readonly middle: number;
  readonly slope: number;
}

/** A line that may be the paper's. */
interface Candidate extends RuledLine {
  /** Columns in which it shows. */
  readonly count: number;
  /** Columns in which it lies inside the picture. */
  readonly inside: number;
}

/** The distance in pixels from the middle of a line at which there is paper on both sides. */
export function lineReach({ width, height }: Plane): number {
  return Math.max(3, Math.round(Math.min(width, height) / 200));
}

/** The y of a line in a column, as a whole row. */
export function rowOf({ middle, slope }: RuledLine, x: number, width: number): number {
  return Math.floor(middle + slope * (x + 0.5 - width / 2));
}

/**
 * Find the paper's own lines that run roughly from left to right.
 *
 * A Hough transform (Duda and Hart, 1972) of the pixels that are darker than what lies above and below: a thin line across
 * the picture has one in most columns, a digit's strokes in few. Perspective leaves lines straight.
 *
 * @param contrast the least difference between a line and the paper beside it, in levels.
 */
export function findRuledLines(levels: Plane<Int16Array>, contrast: number): RuledLine[] {
  const { width, height } = levels;
  if (Math.min(width, height) < MIN_SIDE) return [];
  const stride = Math.ceil(width / MAX_COLUMNS);
  const reach = lineReach(levels);
  const found = vote(levels, contrast, reach, stride);
  const lines: RuledLine[] = [];
  const add = (line: RuledLine) => {
    if (lines.every((other) => distance(line, other, width) > reach + 1)) lines.push(line);
  };
  for (const one of found) if (one.count >= MIN_VISIBLE * one.inside) add(one);
  if (lines.length < MIN_LINES) return [];
  // Now the level of the lines is known: columns in which ink covers a line don't count.
  const level = median(lines.flatMap((line) => levelsOn(levels, line, stride))) ?? 0;
  for (const one of found) {
    const covered = levelsOn(levels, one, stride).filter((each) => each > INK_RATIO * level).length;
    if (one.count >= MIN_VISIBLE * (one.inside - covered)) add(one);
  }
  return lines;
}

/** Lines that show in enough columns, the clearest first. */
function vote(levels: Plane<Int16Array>, contrast: number, reach: number, stride: number): Candidate[] {
  const { width, height } = levels;
  const steps = 2 * Math.ceil((MAX_SLOPE * width) / 6);
  const slopes = Float64Array.from({ length: steps + 1 }, (_, s) => s * ((2 * MAX_SLOPE) / steps) - MAX_SLOPE);
  const rise = Math.ceil((MAX_SLOPE * width) / 2) + 1;
  const middles = height + 2 * rise;
  const votes = new Uint16Array(slopes.length * middles);
  for (let x = stride >> 1; x < width; x += stride) {
    for (const y of ridges(levels, x, reach, contrast)) {
      for (const [s, slope] of slopes.entries()) {
        const at = s * middles + Math.floor(y + 0.5 - slope * (x + 0.5 - width / 2)) + rise;
        votes[at] = (votes[at] as number) + 1;
      }
    }
  }
  const columns = Math.floor((width - 1 - (stride >> 1)) / stride) + 1;
  const found: Candidate[] = [];
  for (const [s, slope] of slopes.entries()) {
    for (let m = 0; m + 1 < middles; m++) {
      const count = (votes[s * middles + m] as number) + (votes[s * middles + m + 1] as number);
      if (count < MIN_VISIBLE_BESIDE_INK * MIN_INSIDE * columns) continue;
      const line = { middle: m + 1 - rise, slope };
      const share = insideShare(line, width, height);
      if (share < MIN_INSIDE || count < MIN_VISIBLE_BESIDE_INK * share * columns) continue;
      found.push({ ...line, count, inside: share * columns });
    }
  }
  return found.sort((a, b) => b.count / b.inside - a.count / a.inside || a.slope - b.slope || a.middle - b.middle);
}

/** The levels on a line, in those of the columns that are looked at. */
function levelsOn({ width, height, data }: Plane<Int16Array>, line: RuledLine, stride: number): number[] {
  const levels: number[] = [];
  for (let x = stride >> 1; x < width; x += stride) {
    const y = rowOf(line, x, width);
    if (y >= 0 && y < height) levels.push(data[y * width + x] as number);
  }
  return levels;
}

/** The rows in which a column is darker than `reach` pixels above and below, and darkest among its neighbours. */
function ridges({ width, height, data }: Plane<Int16Array>, x: number, reach: number, contrast: number): number[] {
  const rows: number[] = [];
  for (let y = reach; y < height - reach; y++) {
    const i = y * width + x;
    const level = data[i] as number;
    if (
      level - (data[i - reach * width] as number) > contrast &&
      level - (data[i + reach * width] as number) > contrast &&
      level > (data[i - width] as number) &&
      level >= (data[i + width] as number)
    ) {
      rows.push(y);
    }
  }
  return rows;
}

/** The share of the columns in which a line lies inside the picture. */
function insideShare({ middle, slope }: RuledLine, width: number, height: number): number {
  if (Math.abs(slope) < 1e-9) return middle >= 0 && middle <= height ? 1 : 0;
  const [one, two] = [-middle / slope, (height - middle) / slope];
  const left = Math.max(Math.min(one, two), -width / 2);
  const right = Math.min(Math.max(one, two), width / 2);
  return Math.max(0, right - left) / width;
}

/** The least distance between two lines, at the middle and both sides; 0 where they cross inside the picture. */
function distance(one: RuledLine, other: RuledLine, width: number): number {
  const middle = Math.abs(one.middle - other.middle);
  const side = Math.abs(((one.slope - other.slope) * width) / 2);
  return Math.max(middle - side, 0);
}

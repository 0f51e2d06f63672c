import type { Plane } from '../picture';

/** The steepest that a line of the paper runs: the tangent of 14 degrees. */
const STEEPEST = 0.25;

/** Columns that are looked at, at most: enough to tell a line from chance. */
const COLUMNS = 200;

/** The share of a line's columns in which it is to be seen, and how much of the picture's width it is to cross. */
const SEEN = 0.5;
const CROSSED = 0.4;
const SEEN_BESIDE_INK = 0.25;

/** Ink that covers a line is so many times as dark as the line itself. */
export const DARKER = 1.6;

/** Lines of one direction from which they are taken for the paper's: one alone may be a stroke. */
const FEWEST = 2;

/** Smaller pictures, in pixels, show too little paper to tell its lines from strokes. */
const SMALLEST = 64;

/** A straight line: `y = middle + slope * (x - width / 2)`. */
export interface RuledLine {
  readonly middle: number;
  readonly slope: number;
}

/** How far from the middle of a line paper is seen on both sides of it. */
export function lineReach({ width, height }: Plane): number {
  return Math.max(3, Math.round(Math.min(width, height) / 200));
}

/**
 * Find the paper's own lines that run from left to right, or nearly so.
 *
 * By a Hough transform (Duda and Hart, 1972) over the pixels that are darker than what lies above and below: a thin line
 * right across the picture has one in most columns, a digit's strokes in few. Perspective leaves lines straight.
 *
 * @param contrast by how much a line is darker than the paper beside it, at the least.
 */
export function findRuledLines(levels: Plane<Int16Array>, contrast: number): RuledLine[] {
  const { width, height } = levels;
  if (Math.min(width, height) < SMALLEST) return [];
  const stride = Math.ceil(width / COLUMNS);
  const slopes = 2 * Math.ceil((STEEPEST * width) / 6) + 1;
  const slopeStep = (2 * STEEPEST) / (slopes - 1);
  const rise = Math.ceil((STEEPEST * width) / 2) + 1;
  const middles = height + 2 * rise;
  const votes = new Uint16Array(slopes * middles);
  const reach = lineReach(levels);
  for (let x = stride >> 1; x < width; x += stride) {
    for (const y of ridges(levels, x, reach, contrast)) {
      for (let s = 0; s < slopes; s++) {
        const middle = Math.floor(y + 0.5 - (s * slopeStep - STEEPEST) * (x + 0.5 - width / 2)) + rise;
        votes[s * middles + middle] = (votes[s * middles + middle] as number) + 1;
      }
    }
  }
  const columns = Math.floor((width - 1 - (stride >> 1)) / stride) + 1;
  const found: Found[] = [];
  for (let s = 0; s < slopes; s++) {
    const slope = s * slopeStep - STEEPEST;
    for (let m = 0; m + 1 < middles; m++) {
      const count = (votes[s * middles + m] as number) + (votes[s * middles + m + 1] as number);
      if (count < SEEN_BESIDE_INK * CROSSED * columns) continue;
      const line = { middle: m + 1 - rise, slope };
      const inside = insideShare(line, width, height);
      if (inside >= CROSSED && count >= SEEN_BESIDE_INK * inside * columns) {
        found.push({ line, count, inside: inside * columns });
      }
    }
  }
  found.sort(
    (a, b) => b.count / b.inside - a.count / a.inside || a.line.slope - b.line.slope || a.line.middle - b.line.middle,
  );
  const lines: RuledLine[] = [];
  const add = ({ line }: Found) => {
    if (lines.every((other) => apart(line, other, width) > reach + 1)) lines.push(line);
  };
  for (const one of found) if (one.count >= SEEN * one.inside) add(one);
  if (lines.length < FEWEST) return [];
  // Where ink covers a line it is not to be seen: what is known of the others says what is ink.
  const level = lineLevel(levels, lines, stride);
  for (const one of found) {
    if (one.count >= SEEN * (one.inside - covered(levels, one.line, stride, DARKER * level))) add(one);
  }
  return lines;
}

interface Found {
  readonly line: RuledLine;
  /** Columns in which it is seen, and in which it is inside the picture. */
  readonly count: number;
  readonly inside: number;
}

/** The median level on some lines. */
function lineLevel(levels: Plane<Int16Array>, lines: readonly RuledLine[], stride: number): number {
  const seen = lines.flatMap((line) => levelsOn(levels, line, stride)).sort((a, b) => a - b);
  return seen[seen.length >> 1] ?? 0;
}

/** In how many columns a line is darker than `ink`. */
function covered(levels: Plane<Int16Array>, line: RuledLine, stride: number, ink: number): number {
  return levelsOn(levels, line, stride).filter((level) => level > ink).length;
}

function levelsOn({ width, height, data }: Plane<Int16Array>, line: RuledLine, stride: number): number[] {
  const seen: number[] = [];
  for (let x = stride >> 1; x < width; x += stride) {
    const y = Math.floor(line.middle + line.slope * (x + 0.5 - width / 2));
    if (y >= 0 && y < height) seen.push(data[y * width + x] as number);
  }
  return seen;
}

/** The rows of a column in which it is darker than `reach` pixels above and below, and darkest among its neighbours. */
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

/** The share of the columns in which a line is inside the picture. */
function insideShare({ middle, slope }: RuledLine, width: number, height: number): number {
  if (Math.abs(slope) < 1e-9) return middle >= 0 && middle <= height ? 1 : 0;
  const [one, two] = [-middle / slope, (height - middle) / slope];
  const left = Math.max(Math.min(one, two), -width / 2);
  const right = Math.min(Math.max(one, two), width / 2);
  return Math.max(0, right - left) / width;
}

/** The least distance of two lines, at the middle and both sides; lines that cross inside the picture are one. */
function apart(one: RuledLine, other: RuledLine, width: number): number {
  const middle = one.middle - other.middle;
  const side = ((one.slope - other.slope) * width) / 2;
  if (Math.abs(middle) <= Math.abs(side)) return 0;
  return Math.abs(middle) - Math.abs(side);
}

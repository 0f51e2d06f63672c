import type { SoftInk } from '../plane';

/** How many cuts are tried on a piece at each slant, and how much ink they cross, as a share of the ink's height. */
export interface CutLimits {
  readonly maxCuts: number;
  readonly maxInk: number;
}

const LIMITS = {
  /** Digits touch, they don't merge. */
  usual: { maxCuts: 7, maxInk: 0.35 },
  /** The piece is too wide for one digit. */
  wide: { maxCuts: 12, maxInk: 0.5 },
};

/** How far apart cuts are, and how far a cut deviates to either side, as shares of the ink's height. */
const MIN_DISTANCE = 0.14;
const MAX_DEVIATION = 0.18;

/** The cost of one step to the side, in pixels of ink. */
const STEP_COST = 0.15;

/** Digits lean: the slants that are compared, as columns to the right for each row down; the least one that is worth cuts. */
const SLANTS = [-0.7, -0.6, -0.5, -0.4, -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3];
const MIN_SLANT = 0.15;

/** Of two cuts that are not so far apart in the mean, as a share of the ink's height, one is tried. */
const MIN_APART = 0.035;

/** A cut from top to bottom: for each row the first column to the right of it. */
export type Cut = Int32Array;

/**
 * Propose where touching digits may be separated, from left to right: paths from top to bottom that cross the least ink, one
 * near each place where the ink is thin, upright and along the slant of the digits (seams; Avidan and Shamir, 2007). The
 * network decides which of them separate digits.
 *
 * @param wide whether the ink is too wide for one digit.
 * @param limits how many cuts, and how much ink they may cross.
 */
export function proposeCuts(ink: SoftInk, wide = false, limits: CutLimits = wide ? LIMITS.wide : LIMITS.usual): Cut[] {
  const slant = slantOf(ink);
  const cuts = [0, ...(Math.abs(slant) >= MIN_SLANT ? [slant] : [])].flatMap((lean) => cutsAt(ink, lean, limits));
  const middle = (cut: Cut) => cut.reduce((sum, column) => sum + column, 0);
  const distinct = cuts.filter(
    (cut, i) => !cuts.slice(0, i).some((other) => apart(cut, other) < MIN_APART * ink.height),
  );
  return distinct.sort((a, b) => middle(a) - middle(b));
}

/** How far two cuts are apart in the mean, in pixels. */
function apart(one: Cut, other: Cut): number {
  let sum = 0;
  for (const [y, column] of one.entries()) sum += Math.abs(column - (other[y] as number));
  return sum / one.length;
}

/** The ink of a piece between two cuts; null stands for the piece's own end. */
export function between(ink: SoftInk, left: Cut | null, right: Cut | null): SoftInk {
  const { width, height } = ink;
  const data = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    const start = Math.max(left?.[y] ?? 0, 0);
    const end = Math.min(right?.[y] ?? width, width);
    if (start < end) data.set(ink.data.subarray(y * width + start, y * width + end), y * width + start);
  }
  return { ...ink, data };
}

function cutsAt(ink: SoftInk, slant: number, { maxCuts, maxInk }: CutLimits): Cut[] {
  const { height } = ink;
  const distance = Math.max(2, Math.floor(MIN_DISTANCE * height));
  const deviation = Math.max(1, Math.floor(MAX_DEVIATION * height));
  const { sums, first } = slantedSums(ink, slant);
  const start = sums.findIndex((sum) => sum > 0.5) + distance;
  const end = sums.findLastIndex((sum) => sum > 0.5) + 1 - distance;
  const sumAt = (c: number) => sums[c] as number;
  const order = Array.from({ length: Math.max(0, end - start) }, (_, i) => i + start)
    .map((c) => ({ column: first + c, sum: sumAt(c - 1) + sumAt(c) + sumAt(c + 1) }))
    .sort((a, b) => a.sum - b.sum || a.column - b.column);
  const chosen: number[] = [];
  for (const { column } of order) {
    if (chosen.length === maxCuts) break;
    if (chosen.every((other) => Math.abs(other - column) >= distance)) chosen.push(column);
  }
  return chosen
    .map((column) => seam(ink, column - deviation, column + deviation, slant))
    .filter((cut) => crossed(ink, cut) <= maxInk * height);
}

/** How far a row is shifted to the right along a slant; nothing in the middle row. */
function shiftOf(y: number, height: number, slant: number): number {
  return Math.round(slant * (y - (height - 1) / 2));
}

/** The slant along which the ink gathers in the fewest columns: the sum of their squares is the largest. */
function slantOf(ink: SoftInk): number {
  let best = { slant: 0, gathered: 0 };
  for (const slant of SLANTS) {
    const gathered = slantedSums(ink, slant).sums.reduce((sum, column) => sum + column * column, 0);
    if (gathered > best.gathered) best = { slant, gathered };
  }
  return best.slant;
}

/** The ink of each column along a slant, and the place of the first one in the middle row. */
function slantedSums({ width, height, data }: SoftInk, slant: number): { sums: Float64Array; first: number } {
  const reach = Math.abs(shiftOf(0, height, slant)) + 1;
  const sums = new Float64Array(width + 2 * reach);
  for (let y = 0; y < height; y++) {
    const shift = reach - shiftOf(y, height, slant);
    for (let x = 0; x < width; x++) sums[x + shift] = (sums[x + shift] as number) + (data[y * width + x] as number);
  }
  return { sums, first: -reach };
}

/** How much ink a cut crosses. */
function crossed({ width, data }: SoftInk, cut: Cut): number {
  return cut.reduce((sum, column, y) => sum + inkAt(data, width, column, y), 0);
}

function inkAt(data: Float64Array, width: number, x: number, y: number): number {
  return x < 0 || x >= width ? 0 : (data[y * width + x] as number);
}

/** The path from top to bottom through the least ink, in a band along a slant: dynamic programming. */
function seam({ width, height, data }: SoftInk, from: number, to: number, slant: number): Cut {
  const columns = to - from + 1;
  const costs = new Float64Array(columns * height);
  for (let y = 0; y < height; y++) {
    const shift = from + shiftOf(y, height, slant);
    for (let c = 0; c < columns; c++) {
      const own = inkAt(data, width, shift + c, y) + 1e-3;
      costs[y * columns + c] = own + (y === 0 ? 0 : cheapest(costs, (y - 1) * columns, c, columns).cost);
    }
  }
  const last = costs.subarray((height - 1) * columns);
  let column = last.indexOf(Math.min(...last));
  const cut = new Int32Array(height);
  for (let y = height - 1; y >= 0; y--) {
    cut[y] = from + shiftOf(y, height, slant) + column;
    if (y > 0) column = cheapest(costs, (y - 1) * columns, column, columns).column;
  }
  return cut;
}

/** The column of the row above from which `column` is reached at the least cost. */
function cheapest(costs: Float64Array, row: number, column: number, columns: number): { cost: number; column: number } {
  let best = { cost: costs[row + column] as number, column };
  for (const other of [column - 1, column + 1]) {
    if (other < 0 || other >= columns) continue;
    const cost = (costs[row + other] as number) + STEP_COST;
    if (cost < best.cost) best = { cost, column: other };
  }
  return best;
}

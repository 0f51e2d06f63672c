import type { SoftInk } from '../plane';

/** How many cuts are tried on a piece, and how much ink they cross, as a share of the ink's height. */
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

/** A cut from top to bottom: for each row the first column to the right of it. */
export type Cut = Int32Array;

/**
 * Propose where touching digits may be separated, from left to right: paths from top to bottom that cross the least ink, one
 * near each place where the ink is thin (seams; Avidan and Shamir, 2007). The network decides which of them separate digits.
 *
 * @param wide whether the ink is too wide for one digit.
 */
export function proposeCuts(ink: SoftInk, wide = false): Cut[] {
  const { width, height } = ink;
  const { maxCuts, maxInk } = wide ? LIMITS.wide : LIMITS.usual;
  const distance = Math.max(2, Math.floor(MIN_DISTANCE * height));
  const deviation = Math.max(1, Math.floor(MAX_DEVIATION * height));
  const sums = columnSums(ink);
  const sumAt = (x: number) => sums[Math.min(Math.max(x, 0), width - 1)] as number;
  const smoothed = sums.map((_, x) => sumAt(x - 1) + sumAt(x) + sumAt(x + 1));
  const order = Array.from({ length: Math.max(0, width - 2 * distance) }, (_, i) => i + distance).sort(
    (a, b) => (smoothed[a] as number) - (smoothed[b] as number) || a - b,
  );
  const chosen: number[] = [];
  for (const column of order) {
    if (chosen.length === maxCuts) break;
    if (chosen.every((other) => Math.abs(other - column) >= distance)) chosen.push(column);
  }
  return chosen
    .sort((a, b) => a - b)
    .map((column) => seam(ink, Math.max(column - deviation, 1), Math.min(column + deviation, width - 1)))
    .filter((cut) => crossed(ink, cut) <= maxInk * height);
}

/** The ink of a piece between two cuts; null stands for the piece's own end. */
export function between(ink: SoftInk, left: Cut | null, right: Cut | null): SoftInk {
  const { width, height } = ink;
  const data = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    const [from, to] = [y * width + (left?.[y] ?? 0), y * width + Math.min(right?.[y] ?? width, width)];
    if (from < to) data.set(ink.data.subarray(from, to), from);
  }
  return { ...ink, data };
}

/** How much ink a cut crosses. */
function crossed({ width, data }: SoftInk, cut: Cut): number {
  return cut.reduce((sum, column, y) => sum + (data[y * width + Math.min(column, width - 1)] as number), 0);
}

function columnSums({ width, data }: SoftInk): Float64Array {
  const sums = new Float64Array(width);
  for (const [i, level] of data.entries()) sums[i % width] = (sums[i % width] as number) + level;
  return sums;
}

/** The path from top to bottom through the least ink, within columns `from` to `to`: dynamic programming. */
function seam({ width, height, data }: SoftInk, from: number, to: number): Cut {
  const columns = to - from + 1;
  const costs = new Float64Array(columns * height);
  for (let y = 0; y < height; y++) {
    for (let c = 0; c < columns; c++) {
      const own = (data[y * width + Math.min(from + c, width - 1)] as number) + 1e-3;
      costs[y * columns + c] = own + (y === 0 ? 0 : cheapest(costs, (y - 1) * columns, c, columns).cost);
    }
  }
  const last = costs.subarray((height - 1) * columns);
  let column = last.indexOf(Math.min(...last));
  const cut = new Int32Array(height);
  for (let y = height - 1; y >= 0; y--) {
    cut[y] = from + column;
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

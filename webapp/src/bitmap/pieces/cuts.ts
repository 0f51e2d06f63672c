import type { SoftInk } from './softInk';

/** Cuts that are tried on one piece, at most; and on one that is too wide for a digit. */
const MOST = 7;
const MOST_OF_WIDE = 12;

/** How far apart cuts are, and how far a cut strays to either side, as shares of the ink's height. */
const APART = 0.14;
const STRAY = 0.18;

/** The most ink that a cut crosses, as a share of the ink's height: digits touch, they don't merge. */
const MOST_INK = 0.35;
const MOST_INK_OF_WIDE = 0.5;

/** What one step to the side costs, in pixels of ink. */
const STEP = 0.15;

/** A cut from top to bottom: in each row the first column that is right of it. */
export type Cut = Int32Array;

/**
 * Where touching digits may be parted: from left to right, the paths from top to bottom that cross the least ink, one near
 * each place where the ink is thin (seams, Avidan and Shamir, 2007). Which of them part digits the network decides.
 *
 * @param wide whether the ink is too wide for one digit.
 */
export function proposeCuts(ink: SoftInk, wide = false): Cut[] {
  const { width, height } = ink;
  const apart = Math.max(2, Math.floor(APART * height));
  const ends = Math.max(2, Math.floor(APART * height));
  const sums = columnSums(ink);
  const smoothed = sums.map((_, x) => {
    let sum = 0;
    for (let u = x - 1; u <= x + 1; u++) sum += sums[Math.min(Math.max(u, 0), width - 1)] as number;
    return sum;
  });
  const order = Array.from({ length: Math.max(0, width - 2 * ends) }, (_, i) => i + ends).sort(
    (a, b) => (smoothed[a] as number) - (smoothed[b] as number) || a - b,
  );
  const chosen: number[] = [];
  for (const column of order) {
    if (chosen.length === (wide ? MOST_OF_WIDE : MOST)) break;
    if (chosen.every((other) => Math.abs(other - column) >= apart)) chosen.push(column);
  }
  const stray = Math.max(1, Math.floor(STRAY * height));
  return chosen
    .sort((a, b) => a - b)
    .map((column) => seam(ink, Math.max(column - stray, 1), Math.min(column + stray, width - 1)))
    .filter((cut) => crossed(ink, cut) <= (wide ? MOST_INK_OF_WIDE : MOST_INK) * height);
}

/** The ink of a piece between two cuts; null for its own ends. */
export function between(ink: SoftInk, left: Cut | null, right: Cut | null): SoftInk {
  const data = new Float64Array(ink.data.length);
  for (let y = 0; y < ink.height; y++) {
    const from = left?.[y] ?? 0;
    const to = right?.[y] ?? ink.width;
    for (let x = from; x < to; x++) data[y * ink.width + x] = ink.data[y * ink.width + x] as number;
  }
  return { ...ink, data };
}

function crossed({ width, data }: SoftInk, cut: Cut): number {
  return cut.reduce((sum, column, y) => sum + (data[y * width + Math.min(column, width - 1)] as number), 0);
}

function columnSums({ width, height, data }: SoftInk): Float64Array {
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) sums[x] = (sums[x] as number) + (data[y * width + x] as number);
  }
  return sums;
}

/** The path from top to bottom through the least ink, within columns `from` to `to`. */
function seam(ink: SoftInk, from: number, to: number): Cut {
  const columns = to - from + 1;
  const { height, width, data } = ink;
  const costs = new Float64Array(columns * height);
  for (let y = 0; y < height; y++) {
    for (let c = 0; c < columns; c++) {
      const own = (data[y * width + Math.min(from + c, width - 1)] as number) + 1e-3;
      costs[y * columns + c] = own + (y === 0 ? 0 : cheapest(costs, (y - 1) * columns, c, columns).cost);
    }
  }
  const cut = new Int32Array(height);
  let column = 0;
  for (let c = 1; c < columns; c++) {
    const last = (height - 1) * columns;
    if ((costs[last + c] as number) < (costs[last + column] as number)) column = c;
  }
  for (let y = height - 1; y >= 0; y--) {
    cut[y] = from + column;
    if (y > 0) column = cheapest(costs, (y - 1) * columns, column, columns).column;
  }
  return cut;
}

function cheapest(
  costs: Float64Array,
  line: number,
  column: number,
  columns: number,
): { cost: number; column: number } {
  let best = { cost: costs[line + column] as number, column };
  for (const other of [column - 1, column + 1]) {
    if (other < 0 || other >= columns) continue;
    const cost = (costs[line + other] as number) + STEP;
    if (cost < best.cost) best = { cost, column: other };
  }
  return best;
}

import type { Plane } from '../picture';

/** Levels below and above which all count as one. */
const LOWEST = -256;
const HIGHEST = 255;

/** The side of the squares of which those with something on them are looked at. */
const SQUARE = 16;

/** How far above the grain of the paper ink stands, in standard deviations, and how far at the least, of 255. */
const ABOVE_GRAIN = 5;
const LEAST_CONTRAST = 18;

/** The share of full ink from which fainter ink beside it counts: pencil beside a pen. */
const FAINTER = 0.4;

/** What is ink: levels above `ink` surely, and what joins them above `rim`; `paper` is the level of bare paper. */
export interface Thresholds {
  readonly paper: number;
  readonly grain: number;
  readonly ink: number;
  readonly rim: number;
}

/**
 * Choose the levels that part ink from paper, or null where there is no ink: nothing stands out from the grain.
 *
 * By Otsu's method (1979), on the squares of the picture that have something on them, so that one digit on a large page
 * counts as much as on a small one.
 */
export function chooseThresholds(levels: Plane<Int16Array>): Thresholds | null {
  const all = histogram(levels, () => true);
  const paper = quantile(all, 0.5);
  // What is lighter than the paper is grain; what is darker may be ink.
  const grain = Math.max(paper - quantile(all, 0.16), 1);
  const least = paper + Math.max(ABOVE_GRAIN * grain, LEAST_CONTRAST);
  const columns = Math.ceil(levels.width / SQUARE);
  const used = new Uint8Array(columns * Math.ceil(levels.height / SQUARE));
  const count = new Uint16Array(used.length);
  for (let y = 0; y < levels.height; y++) {
    for (let x = 0, i = y * levels.width; x < levels.width; x++, i++) {
      if ((levels.data[i] as number) > least) {
        const square = Math.floor(y / SQUARE) * columns + Math.floor(x / SQUARE);
        count[square] = (count[square] as number) + 1;
      }
    }
  }
  let any = false;
  for (let i = 0; i < used.length; i++) {
    if ((count[i] as number) >= 3) {
      used[i] = 1;
      any = true;
    }
  }
  if (!any) return null;
  const some = histogram(levels, (x, y) => used[Math.floor(y / SQUARE) * columns + Math.floor(x / SQUARE)] === 1);
  const split = otsu(some);
  const ink = Math.max(Math.min(split, Math.floor(paper + FAINTER * (meanAbove(some, split) - paper))), least - 1);
  return { paper, grain, ink, rim: Math.max(paper + Math.floor(0.6 * (ink - paper)), paper + 3 * grain) };
}

function meanAbove(counts: Uint32Array, level: number): number {
  let total = 0;
  let sum = 0;
  for (let bin = level - LOWEST + 1; bin < counts.length; bin++) {
    total += counts[bin] as number;
    sum += (counts[bin] as number) * (bin + LOWEST);
  }
  return total > 0 ? sum / total : level;
}

function histogram(levels: Plane<Int16Array>, where: (x: number, y: number) => boolean): Uint32Array {
  const counts = new Uint32Array(HIGHEST - LOWEST + 1);
  for (let y = 0; y < levels.height; y++) {
    for (let x = 0, i = y * levels.width; x < levels.width; x++, i++) {
      if (!where(x, y)) continue;
      const bin = Math.min(Math.max(levels.data[i] as number, LOWEST), HIGHEST) - LOWEST;
      counts[bin] = (counts[bin] as number) + 1;
    }
  }
  return counts;
}

function quantile(counts: Uint32Array, share: number): number {
  const below = Math.floor(share * (counts.reduce((sum, count) => sum + count, 0) - 1));
  let bin = 0;
  for (let seen = counts[0] as number; seen <= below; seen += counts[bin] as number) bin++;
  return bin + LOWEST;
}

/** The level at or below which the first of the two classes lies that differ most. */
function otsu(counts: Uint32Array): number {
  let total = 0;
  let sum = 0;
  for (const [bin, count] of counts.entries()) {
    total += count;
    sum += count * bin;
  }
  let best = 0;
  let bestBetween = -1;
  let below = 0;
  let belowSum = 0;
  for (const [bin, count] of counts.entries()) {
    below += count;
    belowSum += count * bin;
    if (below === 0 || below === total) continue;
    const apart = belowSum / below - (sum - belowSum) / (total - below);
    const between = below * (total - below) * apart * apart;
    if (between > bestBetween) {
      bestBetween = between;
      best = bin;
    }
  }
  return best + LOWEST;
}

import type { Plane } from '../plane';
import { count, quantile } from '../statistics';
import { otsu } from './otsu';

/** Levels below the first count as the first, levels above the last as the last. */
const MIN_LEVEL = -256;
const MAX_LEVEL = 255;

/** The side, in pixels, of the squares that are looked at; of those only the ones with enough pixels of ink count. */
const SQUARE = 16;
const MIN_DARK_PIXELS = 3;

/** How far ink stands above the background: in standard deviations of the noise, and in levels. */
const MIN_NOISE_RATIO = 5;
const MIN_CONTRAST = 18;

/** From this share of full ink on, fainter ink beside it counts too: pencil beside a pen. */
const FAINTER_INK = 0.4;

/** What is ink: pixels above `highThreshold`, and those above `lowThreshold` that are connected to them (hysteresis). */
export interface Thresholds {
  /** The level of bare paper. */
  readonly background: number;
  /** The standard deviation of bare paper. */
  readonly noise: number;
  readonly highThreshold: number;
  readonly lowThreshold: number;
}

/**
 * Choose the levels that separate ink from paper; null where nothing stands out from the noise.
 *
 * Otsu's method (1979) on the squares of the picture that hold something: one digit on a large page counts as much as on a
 * small one.
 */
export function chooseThresholds(levels: Plane<Int16Array>): Thresholds | null {
  const all = histogram(levels);
  const background = quantile(all, 0.5) + MIN_LEVEL;
  // Only levels below the background: what is darker may be ink.
  const noise = Math.max(background - (quantile(all, 0.16) + MIN_LEVEL), 1);
  const least = background + Math.max(MIN_NOISE_RATIO * noise, MIN_CONTRAST);
  const darkPixels = darkInSquares(levels, least);
  if (darkPixels.every((pixels) => pixels < MIN_DARK_PIXELS)) return null;
  const used = histogram(levels, darkPixels);
  const split = otsu(used) + MIN_LEVEL;
  const fainter = Math.floor(background + FAINTER_INK * (meanAbove(used, split) - background));
  const highThreshold = Math.max(Math.min(split, fainter), least - 1);
  const lowThreshold = Math.max(background + Math.floor(0.6 * (highThreshold - background)), background + 3 * noise);
  return { background, noise, highThreshold, lowThreshold };
}

/** How many pixels of each square, row by row, are above a level. */
function darkInSquares({ width, height, data }: Plane<Int16Array>, least: number): Uint32Array {
  const columns = Math.ceil(width / SQUARE);
  const dark = new Uint32Array(columns * Math.ceil(height / SQUARE));
  for (let y = 0, i = 0; y < height; y++) {
    const first = Math.floor(y / SQUARE) * columns;
    for (let x = 0; x < width; x++, i++) {
      if ((data[i] as number) > least) count(dark, first + Math.floor(x / SQUARE));
    }
  }
  return dark;
}

/** How many pixels have each level from MIN_LEVEL on: of all squares, or of those with enough dark pixels. */
function histogram({ width, height, data }: Plane<Int16Array>, darkPixels?: Uint32Array): Uint32Array {
  const counts = new Uint32Array(MAX_LEVEL - MIN_LEVEL + 1);
  const columns = Math.ceil(width / SQUARE);
  for (let y = 0; y < height; y++) {
    const first = Math.floor(y / SQUARE) * columns;
    for (let column = 0; column < columns; column++) {
      if (darkPixels && (darkPixels[first + column] as number) < MIN_DARK_PIXELS) continue;
      const end = y * width + Math.min((column + 1) * SQUARE, width);
      for (let i = y * width + column * SQUARE; i < end; i++) {
        count(counts, Math.min(Math.max(data[i] as number, MIN_LEVEL), MAX_LEVEL) - MIN_LEVEL);
      }
    }
  }
  return counts;
}

function meanAbove(counts: Uint32Array, level: number): number {
  const { total, sum } = totals(counts.map((pixels, bin) => (bin > level - MIN_LEVEL ? pixels : 0)));
  return total > 0 ? (sum + total * MIN_LEVEL) / total : level;
}

/** How many pixels a histogram has, and the sum of their bins. */
function totals(counts: Uint32Array): { total: number; sum: number } {
  return {
    total: counts.reduce((total, pixels) => total + pixels, 0),
    sum: counts.reduce((sum, pixels, bin) => sum + pixels * bin, 0),
  };
}

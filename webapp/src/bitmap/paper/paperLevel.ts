import { crop, type Plane, pad } from '../plane';
import { count } from '../statistics';
import { closing } from './closing';

/** The paper's level is at least as bright as this share of a cell's pixels; ink may cover the rest and more. */
const PAPER_QUANTILE = 0.8;

/** Half the side of the closing's square, in cells. */
const REACH = 4;

/** Levels of the paper on a coarse grid: one value, 0 to 255, for each cell of `cell`×`cell` pixels. */
export interface Grid extends Plane<Uint8Array> {
  readonly cell: number;
}

/**
 * The level of the paper under dark ink.
 *
 * A closing on a grid: strokes up to `maxStroke` across take the level of the paper around them, while a gradual change of
 * light and the edge of a shadow stay where they are.
 *
 * @param maxStroke pixels across the widest stroke.
 */
export function paperLevel(grey: Plane<Uint8Array>, maxStroke: number): Grid {
  const cell = Math.max(1, Math.floor(maxStroke / (2 * REACH)));
  const cells = quantileGrid(grey, cell, PAPER_QUANTILE);
  // Padded, because a shadow at the edge goes on beyond the picture.
  const closed = closing(pad(cells, REACH), REACH);
  return { ...crop(closed, { x: REACH, y: REACH, width: cells.width, height: cells.height }), cell };
}

/** The given quantile of the levels in each cell; cells at the right and lower edge may be smaller. */
function quantileGrid(grey: Plane<Uint8Array>, cell: number, share: number): Plane<Uint8Array> {
  if (cell === 1) return grey;
  const width = Math.ceil(grey.width / cell);
  const height = Math.ceil(grey.height / cell);
  const data = new Uint8Array(width * height);
  const levels = new Uint8Array(cell * cell);
  const counts = new Uint32Array(256);
  for (let row = 0; row < height; row++) {
    const bottom = Math.min((row + 1) * cell, grey.height);
    for (let column = 0; column < width; column++) {
      const right = Math.min((column + 1) * cell, grey.width);
      let pixels = 0;
      for (let y = row * cell; y < bottom; y++) {
        for (let i = y * grey.width + column * cell; i < y * grey.width + right; i++) {
          levels[pixels++] = grey.data[i] as number;
        }
      }
      data[row * width + column] = quantileOf(levels, pixels, share, counts);
    }
  }
  return { width, height, data };
}

/** Up to so many levels are sorted one by one; of more, a histogram is faster. */
const MAX_SORTED = 12;

/** The value at `share`, 0 to 1, of the first `length` levels in ascending order; `counts` is room for a histogram, all 0. */
function quantileOf(levels: Uint8Array, length: number, share: number, counts: Uint32Array): number {
  const below = Math.floor(share * (length - 1));
  if (length > MAX_SORTED) return fromHistogram(levels, length, below, counts);
  for (let i = 1; i < length; i++) {
    const level = levels[i] as number;
    let to = i;
    for (; to > 0 && (levels[to - 1] as number) > level; to--) levels[to] = levels[to - 1] as number;
    levels[to] = level;
  }
  return levels[below] as number;
}

/** The level that so many of the first `length` are below, or as low: down from the highest, as the share is large. */
function fromHistogram(levels: Uint8Array, length: number, below: number, counts: Uint32Array): number {
  let highest = 0;
  for (let i = 0; i < length; i++) {
    const level = levels[i] as number;
    if (level > highest) highest = level;
    count(counts, level);
  }
  let value = highest;
  for (let left = length - (counts[value] as number); left > below; left -= counts[value] as number) value--;
  // Cleared where it was used: few of 256.
  for (let i = 0; i < length; i++) counts[levels[i] as number] = 0;
  return value;
}

import type { Plane } from '../plane';
import { type Grid, paperLevel } from './paperLevel';

/** The level of full ink on paper. */
const FULL_INK = 255;

/** A picture with dark ink on light paper. */
export interface DarkInk extends Plane<Uint8Array> {
  /** Whether it was light on dark. */
  readonly inverted: boolean;
}

/**
 * How much darker than its paper each pixel is: 0 is paper, 255 black, below 0 where a pixel is lighter than its paper.
 *
 * It is a share of the paper's level instead of a difference, because a shadow darkens ink and paper alike. For an inverted
 * picture it is the difference: its dark paper has almost no level to take a share of.
 *
 * @param maxStroke pixels across the widest stroke.
 */
export function inkLevels(grey: DarkInk, maxStroke: number): Plane<Int16Array> {
  const { width, height, data: pixels, inverted } = grey;
  const paper = paperLevel(grey, maxStroke);
  const data = new Int16Array(width * height);
  const columns = interpolation(width, paper.cell, paper.width);
  const rows = interpolation(height, paper.cell, paper.height);
  const line = new Float64Array(paper.width + 1);
  for (let y = 0, i = 0; y < height; y++) {
    mixRows(line, paper, rows.first[y] as number, rows.share[y] as number);
    for (let x = 0; x < width; x++, i++) {
      const column = columns.first[x] as number;
      const left = line[column] as number;
      const between = left + ((line[column + 1] as number) - left) * (columns.share[x] as number);
      const level = Math.max(between, 1);
      data[i] = Math.floor((FULL_INK * (level - (pixels[i] as number))) / (inverted ? FULL_INK : level) + 0.5);
    }
  }
  return { width, height, data };
}

/** For each pixel the cell whose middle lies before it, and its place between this middle and the next, 0 to 1. */
function interpolation(length: number, cell: number, cells: number): { first: Int32Array; share: Float64Array } {
  const places = Float64Array.from({ length }, (_, i) => Math.min(Math.max((i + 0.5) / cell - 0.5, 0), cells - 1));
  return { first: Int32Array.from(places, Math.floor), share: places.map((place) => place - Math.floor(place)) };
}

/** Fill `line` with a row between the middles of row `row` of the grid and the next one; its last level counts twice. */
function mixRows(line: Float64Array, { width, height, data }: Grid, row: number, share: number): void {
  const upper = row * width;
  const lower = Math.min(row + 1, height - 1) * width;
  for (let column = 0; column <= width; column++) {
    const at = Math.min(column, width - 1);
    const level = data[upper + at] as number;
    line[column] = level + ((data[lower + at] as number) - level) * share;
  }
}

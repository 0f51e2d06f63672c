import type { Plane } from '../picture';

/** The share of a cell's pixels that are at most as bright as its paper: ink may cover the rest of it and more. */
const PAPER_QUANTILE = 0.8;

/** Cells on each side of the middle one that the brightest, then the darkest, is taken of. */
const REACH = 4;

/** A coarse grid of levels over a picture: one value for each cell of `cell`×`cell` pixels. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly cell: number;
  readonly values: Float64Array;
}

/**
 * The level of the paper under the ink, dark ink on light paper.
 *
 * A morphological closing (Serra, 1982) on a grid: strokes up to `widest` across are filled with the paper round them,
 * while a ramp of light and the edge of a shadow stay where they are.
 *
 * @param widest pixels across the widest stroke.
 */
export function paperLevel(grey: Plane<Uint8Array>, widest: number): Grid {
  const cell = Math.max(1, Math.floor(widest / (2 * REACH)));
  const cells = quantileGrid(grey, cell, PAPER_QUANTILE);
  const brightest = filterGrid(extend(cells, REACH), REACH, Math.max, -Infinity);
  return shrink(filterGrid(brightest, REACH, Math.min, Infinity), REACH);
}

/** The grid with its outermost values repeated `by` cells to all four sides: a shadow goes on beyond the picture. */
function extend({ columns, rows, cell, values }: Grid, by: number): Grid {
  const [wide, high] = [columns + 2 * by, rows + 2 * by];
  const clamp = (index: number, count: number) => Math.min(Math.max(index - by, 0), count - 1);
  const extended = new Float64Array(wide * high);
  for (let row = 0; row < high; row++) {
    for (let column = 0; column < wide; column++) {
      extended[row * wide + column] = values[clamp(row, rows) * columns + clamp(column, columns)] as number;
    }
  }
  return { columns: wide, rows: high, cell, values: extended };
}

/** The grid without its outermost `by` cells. */
function shrink({ columns, rows, cell, values }: Grid, by: number): Grid {
  const [wide, high] = [columns - 2 * by, rows - 2 * by];
  const inner = new Float64Array(wide * high);
  for (let row = 0; row < high; row++) {
    const from = (row + by) * columns + by;
    inner.set(values.subarray(from, from + wide), row * wide);
  }
  return { columns: wide, rows: high, cell, values: inner };
}

/** The level below which `quantile` of the pixels of each cell lie. */
export function quantileGrid(grey: Plane<Uint8Array>, cell: number, quantile: number): Grid {
  const columns = Math.ceil(grey.width / cell);
  const rows = Math.ceil(grey.height / cell);
  const values = new Float64Array(columns * rows);
  const counts = new Uint32Array(256);
  for (let row = 0; row < rows; row++) {
    const bottom = Math.min((row + 1) * cell, grey.height);
    for (let column = 0; column < columns; column++) {
      const left = column * cell;
      const right = Math.min(left + cell, grey.width);
      counts.fill(0);
      for (let y = row * cell; y < bottom; y++) {
        for (let i = y * grey.width + left; i < y * grey.width + right; i++) {
          const level = grey.data[i] as number;
          counts[level] = (counts[level] as number) + 1;
        }
      }
      const below = Math.floor(quantile * ((bottom - row * cell) * (right - left) - 1));
      let level = 0;
      for (let seen = counts[0] as number; seen <= below; seen += counts[level] as number) level++;
      values[row * columns + column] = level;
    }
  }
  return { columns, rows, cell, values };
}

/** `pick` over the cells within `reach` to all four sides, one direction after the other. */
function filterGrid(grid: Grid, reach: number, pick: (a: number, b: number) => number, start: number): Grid {
  const { columns, rows } = grid;
  const along = new Float64Array(grid.values.length);
  const across = new Float64Array(grid.values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let best = start;
      for (let c = Math.max(column - reach, 0); c <= Math.min(column + reach, columns - 1); c++) {
        best = pick(best, grid.values[row * columns + c] as number);
      }
      along[row * columns + column] = best;
    }
  }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let best = start;
      for (let r = Math.max(row - reach, 0); r <= Math.min(row + reach, rows - 1); r++) {
        best = pick(best, along[r * columns + column] as number);
      }
      across[row * columns + column] = best;
    }
  }
  return { ...grid, values: across };
}

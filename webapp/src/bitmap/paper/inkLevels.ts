import type { Plane } from '../picture';
import { type Grid, paperLevel } from './paperLevel';

/** What full ink on paper would measure. */
export const FULL_INK = 255;

/** A picture in which ink is dark and paper light. */
export interface DarkInk extends Plane<Uint8Array> {
  /** Whether it was light on dark. */
  readonly inverted: boolean;
}

/**
 * How much darker than its paper each pixel is: 0 is paper, 255 black. As a share of the paper's own level, not as a
 * difference, because a shadow darkens ink and paper alike; but dark paper has next to no level to take a share of. Below 0
 * where a pixel is lighter than the paper.
 *
 * @param widest pixels across the widest stroke.
 */
export function inkLevels(grey: DarkInk, widest: number): Plane<Int16Array> {
  const { width, height } = grey;
  const paper = paperLevel(grey, widest);
  const data = new Int16Array(width * height);
  const columns = interpolation(width, paper.cell, paper.columns);
  const rows = interpolation(height, paper.cell, paper.rows);
  const line = new Float64Array(paper.columns);
  for (let y = 0; y < height; y++) {
    mixRows(paper, rows.first[y] as number, rows.share[y] as number, line);
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const column = columns.first[x] as number;
      const left = line[column] as number;
      const right = line[Math.min(column + 1, paper.columns - 1)] as number;
      const level = Math.max(left + (right - left) * (columns.share[x] as number), 1);
      data[i] = Math.floor((FULL_INK * (level - (grey.data[i] as number))) / (grey.inverted ? FULL_INK : level) + 0.5);
    }
  }
  return { width, height, data };
}

/** For each pixel the cell whose middle lies before it, and how far it is on the way to the next cell's. */
function interpolation(length: number, cell: number, cells: number): { first: Int32Array; share: Float64Array } {
  const first = new Int32Array(length);
  const share = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const at = Math.min(Math.max((i + 0.5) / cell - 0.5, 0), cells - 1);
    first[i] = Math.floor(at);
    share[i] = at - Math.floor(at);
  }
  return { first, share };
}

function mixRows({ columns, rows, values }: Grid, row: number, share: number, line: Float64Array): void {
  const above = row * columns;
  const below = Math.min(row + 1, rows - 1) * columns;
  for (let c = 0; c < columns; c++) {
    const first = values[above + c] as number;
    line[c] = first + ((values[below + c] as number) - first) * share;
  }
}

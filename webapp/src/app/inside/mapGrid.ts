/** How many small pictures stand beside and above each other on one canvas. All in device pixels. */
export interface MapGrid {
  readonly columns: number;
  readonly rows: number;
  /** Side of one pixel of a picture: a whole number where they are large enough that unequal ones would show. */
  readonly cell: number;
  /** From one picture to the next. */
  readonly step: { readonly x: number; readonly y: number };
  /** Of the canvas. */
  readonly width: number;
  readonly height: number;
}

/** Rows that a layer should rather fill: a grid about two and a half times as wide as high. */
const ASPECT = 2.5;

/** From this side on the pixels of a picture are seen one by one. */
export const LARGE = 3;

/**
 * Lay out `count` pictures of `width`×`height` pixels on a canvas that is `available` wide.
 *
 * @param gap least space between two pictures.
 */
export function mapGrid(count: number, width: number, height: number, available: number, gap: number): MapGrid {
  const columns = columnsFor(count);
  const rows = Math.ceil(count / columns);
  const stepX = Math.floor((available + gap) / columns);
  const room = stepX - gap;
  const fitting = Math.max(room, 1) / width;
  const cell = fitting < LARGE ? fitting : Math.floor(fitting);
  const last = Math.ceil(cell * height);
  const stepY = last + gap;
  return { columns, rows, cell, step: { x: stepX, y: stepY }, width: available, height: (rows - 1) * stepY + last };
}

/** As many as make full rows, if a number near the aspect does. */
function columnsFor(count: number): number {
  const least = Math.ceil(Math.sqrt(ASPECT * count));
  for (let columns = least; columns <= Math.min(2 * least, count); columns++) if (count % columns === 0) return columns;
  return Math.min(least, count);
}

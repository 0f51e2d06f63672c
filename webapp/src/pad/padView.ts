import type { Sheet } from './inkHistory';

/** CSS pixels of a pad unit where the ink is not shown smaller. */
export const UNIT = 400;

/** The displayed width of the pen, in pad units. No reading depends on it. */
const PEN_WIDTH = 13 / UNIT;

/** The same on a pad that is lower than LOW. */
const PEN_WIDTH_LOW = 10 / UNIT;
const LOW = 300; // CSS pixels

/**
 * Ink smaller than this, in pad units, is a trembling tap without a shape: 6 CSS pixels. It is independent of the
 * displayed pen width, on which no reading must depend.
 */
export const SMALLEST_SHAPE = 6 / UNIT;

/** Smaller changes of the scale come from rounding. */
const MIN_CHANGE = 1e-6;

/** How much smaller ink is shown, 0 to 1, on a pad of this size in CSS pixels, so that all of it is in view. */
export function viewScale(sheet: Sheet, width: number, height: number, before: number): number {
  let scale = 1;
  for (const { reach } of sheet) {
    if (reach[0] > 0) scale = Math.min(scale, width / (UNIT * reach[0]));
    if (reach[1] > 0) scale = Math.min(scale, height / (UNIT * reach[1]));
  }
  return Math.abs(scale - before) < MIN_CHANGE ? before : scale;
}

/** The displayed width of the pen, in pad units, on a pad of this height in CSS pixels. */
export function penWidth(height: number): number {
  return height < LOW ? PEN_WIDTH_LOW : PEN_WIDTH;
}

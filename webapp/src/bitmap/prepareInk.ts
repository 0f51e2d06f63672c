import type { CellRow } from './lines/cellRows';
import { removeLines } from './lines/removeLines';
import { inkLevels } from './paper/inkLevels';
import { isLightOnDark } from './paper/polarity';
import { chooseThresholds, type Thresholds } from './paper/threshold';
import { widestStroke } from './pieces/widestStroke';
import { invert, type Plane } from './plane';

/** A picture as ink on paper. */
export interface PreparedInk extends Thresholds {
  /** How much darker than its paper each pixel is. */
  readonly levels: Plane<Int16Array>;
  /** The slope of the lines of ruled paper, as a tangent; null where there are none. */
  readonly ruled: number | null;
  /** Rows of boxes, in no order. */
  readonly rows: readonly CellRow[];
  /** What was taken out. */
  readonly linesRemoved: 'paper' | 'boxes' | null;
}

/** Remove from a picture all that is not ink: uneven light, the paper's colour, its lines. Null where nothing is left. */
export function prepareInk(picture: Plane<Uint8Array>): PreparedInk | null {
  const inverted = isLightOnDark(picture);
  const grey = { ...(inverted ? invert(picture) : picture), inverted };
  const widest = widestStroke(grey);
  const levels = inkLevels(grey, widest);
  const before = chooseThresholds(levels);
  if (before === null) return null;
  const { rows, slope, linesRemoved } = removeLines(levels, before, widest);
  const thresholds = linesRemoved === null ? before : chooseThresholds(levels);
  return thresholds && { ...thresholds, levels, ruled: slope, rows, linesRemoved };
}

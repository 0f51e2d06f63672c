import { eraseLines } from './lines/eraseLines';
import { inkLevels } from './paper/inkLevels';
import { isLightOnDark } from './paper/polarity';
import { chooseThresholds, type Thresholds } from './paper/threshold';
import type { Plane } from './picture';
import { widestStroke } from './pieces/widestStroke';

/** A picture as ink on paper. */
export interface PreparedInk extends Thresholds {
  readonly levels: Plane<Int16Array>;
  /** How the lines of ruled paper rise, where there are any. */
  readonly ruled: number | null;
}

/** Take out of a picture all that is no ink: uneven light, the colour of the paper, its lines. Null where nothing is left. */
export function prepareInk(picture: Plane<Uint8Array>): PreparedInk | null {
  const inverted = isLightOnDark(picture);
  const grey = { ...(inverted ? invert(picture) : picture), inverted };
  const levels = inkLevels(grey, widestStroke(grey));
  const before = chooseThresholds(levels);
  if (before === null) return null;
  const ruled = eraseLines(levels, before.paper, before.grain);
  const thresholds = chooseThresholds(levels);
  return thresholds === null ? null : { ...thresholds, levels, ruled };
}

function invert(grey: Plane<Uint8Array>): Plane<Uint8Array> {
  return { ...grey, data: grey.data.map((level) => 255 - level) };
}

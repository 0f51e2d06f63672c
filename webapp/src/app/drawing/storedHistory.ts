import { type DrawnStroke, InkHistory, type Sheet } from '../../api';

/** A stroke as it is stored: numbers in a row take little room, and are copied fast. */
interface StoredStroke {
  /** x, y, x, y, … in pad units. */
  readonly points: Float64Array;
  readonly pressures?: Float32Array;
  readonly byPen?: boolean;
  readonly reach: readonly number[];
}

/** A history as it is stored. Strokes that states share are the same objects, also once they are read back. */
export interface StoredHistory {
  readonly states: readonly (readonly StoredStroke[])[];
  readonly at: number;
}

const stored = new WeakMap<DrawnStroke, StoredStroke>();

/** Write a history in the form that is stored. */
export function storedHistory({ states, at }: InkHistory): StoredHistory {
  return { states: states.map((sheet) => sheet.map(storedStroke)), at };
}

/** The stored form of a stroke, made once. */
function storedStroke(stroke: DrawnStroke): StoredStroke {
  const { points, pressures, byPen, reach } = stroke;
  const found = stored.get(stroke) ?? {
    points: Float64Array.from(points.flat()),
    reach,
    ...(pressures && { pressures: Float32Array.from(pressures) }),
    ...(byPen && { byPen }),
  };
  stored.set(stroke, found);
  return found;
}

/** Read a history back. Another version of the page may have written it, or a fault: anything else counts as none. */
export function historyOf(value: unknown): InkHistory | null {
  try {
    const { states, at } = value as StoredHistory;
    const strokes = new Map<StoredStroke, DrawnStroke>();
    const sheets = states.map((sheet) => sheet.map((stroke) => readOnce(strokes, stroke)));
    return new InkHistory(sheets satisfies Sheet[], at);
  } catch {
    return null;
  }
}

function readOnce(strokes: Map<StoredStroke, DrawnStroke>, value: StoredStroke): DrawnStroke {
  const found = strokes.get(value) ?? strokeOf(value);
  strokes.set(value, found);
  return found;
}

/** @throws TypeError where it is no stroke. */
function strokeOf({ points, pressures, byPen, reach }: StoredStroke): DrawnStroke {
  const count = points.length / 2;
  const [right, down] = reach;
  const isWhole =
    points instanceof Float64Array &&
    count >= 1 &&
    Number.isInteger(count) &&
    points.every(Number.isFinite) &&
    Number.isFinite(right) &&
    Number.isFinite(down) &&
    (pressures === undefined || (pressures instanceof Float32Array && pressures.length === count));
  if (!isWhole) throw new TypeError('What was stored is no stroke.');
  const at = (i: number) => points[i] as number;
  return {
    points: Array.from({ length: count }, (_, i) => [at(2 * i), at(2 * i + 1)] as const),
    reach: [right as number, down as number],
    ...(pressures && { pressures: Array.from(pressures, (pressure) => Math.min(Math.max(pressure, 0), 1) || 0) }),
    ...(byPen === true && { byPen }),
  };
}

import type { Box, Ink, Point, Stroke } from '../ink/ink';
import { inkBounds } from '../ink/inkBounds';

/** A stroke that has points, measured. Lengths are in line heights. */
export interface MeasuredStroke {
  /** Where it stands in the ink: the order of drawing. */
  readonly index: number;
  /** In the ink's unit. */
  readonly box: Box;
  /** Points along it, near enough to each other to measure distances by them, in line heights: x, y, x, y, … */
  readonly trace: Float64Array;
  /** Its first and last point where it is a part of the stroke. */
  readonly part?: readonly [first: number, last: number];
}

/** Between two points of a trace, in line heights; a distance between strokes is this exact, or better. */
const TRACE_STEP = 0.05;

/** Points of all traces together, about, so that ink of very many strokes is measured in time too. */
const MOST_POINTS = 6000;

/** Columns lower than this, against the highest, are dots and dashes and don't tell how high people write here. */
const LEAST_COLUMN = 0.5;

/**
 * How high the digits of some ink are, in its unit: by the ink itself, whatever it was drawn on.
 *
 * Strokes that share a column of paper make up the height of that column; the line's height is the median of all
 * columns but dots and dashes. 0 where no stroke has a height.
 */
export function lineHeight(boxes: readonly Box[]): number {
  const columns: { right: number; top: number; bottom: number }[] = [];
  for (const { x, y, width, height } of [...boxes].sort((one, other) => one.x - other.x)) {
    const last = columns.at(-1);
    if (last && x <= last.right) {
      last.right = Math.max(last.right, x + width);
      last.top = Math.min(last.top, y);
      last.bottom = Math.max(last.bottom, y + height);
    } else columns.push({ right: x + width, top: y, bottom: y + height });
  }
  const heights = columns.map(({ top, bottom }) => bottom - top).sort((one, other) => one - other);
  const high = heights.filter((height) => height >= LEAST_COLUMN * (heights.at(-1) as number));
  return high[Math.floor(high.length / 2)] ?? 0;
}

/**
 * Measure the strokes that have points, in the order they were drawn.
 *
 * @throws TypeError where a point is no pair of finite numbers.
 */
export function measureStrokes(ink: Ink): { strokes: MeasuredStroke[]; height: number } {
  inkBounds(ink); // what is no point is named by its place
  const drawn: { index: number; box: Box; stroke: Stroke }[] = [];
  for (const [index, stroke] of ink.entries()) {
    const box = inkBounds([stroke]);
    if (box !== null) drawn.push({ index, box, stroke });
  }
  const height = lineHeight(drawn.map(({ box }) => box));
  const unit = height > 0 ? height : 1;
  const most = Math.max(Math.floor(MOST_POINTS / drawn.length), 2);
  return { strokes: drawn.map(({ index, box, stroke }) => ({ index, box, trace: trace(stroke, unit, most) })), height };
}

/** The parts of a stroke between its breaks and ends, one or several in a row, but not all of it. */
export function measureParts(
  { index }: MeasuredStroke,
  stroke: Stroke,
  breaks: readonly number[],
  unit: number,
): MeasuredStroke[] {
  const ends = [0, ...breaks, stroke.length - 1];
  const parts: MeasuredStroke[] = [];
  for (const [i, first] of ends.entries()) {
    for (const last of ends.slice(i + 1)) {
      const points = stroke.slice(first, last + 1);
      if (points.length === stroke.length) continue;
      const box = inkBounds([points]) as Box;
      parts.push({ index, box, trace: trace(points, unit, 100), part: [first, last] });
    }
  }
  return parts;
}

/** The shortest way from one trace to the other, in line heights. */
export function distanceBetween(one: Float64Array, other: Float64Array): number {
  let least = Infinity;
  for (let i = 0; i < one.length; i += 2) {
    for (let j = 0; j < other.length; j += 2) {
      const x = (one[i] as number) - (other[j] as number);
      const y = (one[i + 1] as number) - (other[j + 1] as number);
      least = Math.min(least, x * x + y * y);
    }
  }
  return Math.sqrt(least);
}

/** The ends of a stroke and points between them, as far apart everywhere, however many points were reported. */
function trace(stroke: Stroke, unit: number, most: number): Float64Array {
  const lengths = [0];
  for (const [i, [x, y]] of stroke.entries()) {
    const before = stroke[i - 1];
    if (before) lengths.push((lengths[i - 1] as number) + Math.hypot(x - before[0], y - before[1]));
  }
  const length = lengths.at(-1) as number;
  const steps = Math.min(Math.max(Math.ceil(length / unit / TRACE_STEP), 1), most);
  const points = new Float64Array(2 * (steps + 1));
  let i = 1;
  for (let step = 0; step <= steps; step++) {
    const at = (length * step) / steps;
    while (i < stroke.length - 1 && (lengths[i] as number) < at) i++;
    const [fromX, fromY] = stroke[Math.min(i, stroke.length) - 1] as Point;
    const [toX, toY] = stroke[Math.min(i, stroke.length - 1)] as Point;
    const from = lengths[i - 1] as number;
    const span = (lengths[i] ?? from) - from;
    const t = span > 0 ? (at - from) / span : 0;
    points[2 * step] = (fromX + t * (toX - fromX)) / unit;
    points[2 * step + 1] = (fromY + t * (toY - fromY)) / unit;
  }
  return points;
}

import { type Box, overlapping } from '../box';
import { type Ink, inkBounds, type Point, type Stroke } from '../ink';

/** A stroke that has points, or a part of it, measured. Lengths are in line heights. */
export interface MeasuredStroke {
  /** The stroke's place in the ink: the order of drawing. */
  readonly index: number;
  /** In the ink's unit. */
  readonly box: Box;
  /** Points along it, near enough to each other to measure distances by them: x, y, x, y, … */
  readonly trace: Float64Array;
  /** The places of its first and last point, where it is a part of the stroke. */
  readonly part?: readonly [first: number, last: number];
}

/** The distance between two points of a trace, in line heights: distances between strokes are as exact or better. */
const TRACE_STEP = 0.05;

/** All traces together have about so many points: even ink of very many strokes is measured in time. */
const MAX_POINTS = 6000;

/** The same for a part of a stroke. */
const MAX_PART_POINTS = 100;

/** Lower columns, by the highest one, are dots and dashes: they don't tell how high the writing is. */
const MIN_COLUMN_HEIGHT = 0.5;

/**
 * How high the digits of some ink are, in its unit, by the ink itself; 0 where no stroke has a height.
 *
 * Strokes above each other form a column. The result is the median height of the columns without dots and dashes.
 */
function lineHeight(strokes: readonly StrokeBox[]): number {
  const columns = overlapping(strokes, ({ box: { x, width } }) => [x, x + width]);
  const heights = columns.map(heightOf).sort((one, other) => one - other);
  const high = heights.filter((height) => height >= MIN_COLUMN_HEIGHT * (heights.at(-1) as number));
  return high[Math.floor(high.length / 2)] ?? 0;
}

/** A stroke that has points, in its box. */
interface StrokeBox {
  readonly index: number;
  readonly stroke: Stroke;
  readonly box: Box;
}

/** The strokes that have points, in the order of drawing. */
export function strokeBoxes(ink: Ink): StrokeBox[] {
  return ink.flatMap((stroke, index) => {
    const box = inkBounds([stroke]);
    return box ? [{ index, stroke, box }] : [];
  });
}

/** The height of some strokes together, in the ink's unit. */
function heightOf(strokes: readonly StrokeBox[]): number {
  return (
    Math.max(...strokes.map(({ box: { y, height } }) => y + height)) - Math.min(...strokes.map(({ box }) => box.y))
  );
}

/**
 * Measure the strokes that have points, in the order of drawing.
 *
 * @returns `height` is that of the line, in the ink's unit; 0 where no stroke has a height.
 * @throws TypeError where a point is not a pair of finite numbers.
 */
export function measureStrokes(ink: Ink): { strokes: MeasuredStroke[]; height: number } {
  inkBounds(ink); // its error names the place of a bad point in the ink
  const drawn = strokeBoxes(ink);
  const height = lineHeight(drawn);
  const unit = height > 0 ? height : 1;
  const maxSteps = Math.max(Math.floor(MAX_POINTS / drawn.length), 2);
  const strokes = drawn.map(({ index, box, stroke }): MeasuredStroke => {
    let points: Float64Array | null = null;
    return {
      index,
      box,
      get trace() {
        points ??= trace(stroke, unit, maxSteps); // of a stroke alone nobody asks for it
        return points;
      },
    };
  });
  return { strokes, height };
}

/** Measure the parts of a stroke between its breaks and ends, one or several in a row, but not the whole stroke. */
export function measureParts(index: number, stroke: Stroke, breaks: readonly number[], unit: number): MeasuredStroke[] {
  const ends = [0, ...breaks, stroke.length - 1];
  return ends.flatMap((first, i) =>
    ends.slice(i + 1).flatMap((last): MeasuredStroke[] => {
      const points = stroke.slice(first, last + 1);
      if (points.length === stroke.length) return [];
      const box = inkBounds([points]) as Box;
      return [{ index, box, trace: trace(points, unit, MAX_PART_POINTS), part: [first, last] }];
    }),
  );
}

/** The shortest distance between the traces of two strokes, in line heights. */
export function distanceBetween({ trace: one }: MeasuredStroke, { trace: other }: MeasuredStroke): number {
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

/** The length of a stroke up to each of its points, in the ink's unit. */
export function lengthsAlong(stroke: Stroke): number[] {
  let length = 0;
  return stroke.map((point, i) => {
    const before = stroke[Math.max(i - 1, 0)] as Point;
    const [alongX, alongY] = [point[0] - before[0], point[1] - before[1]];
    length += Math.sqrt(alongX * alongX + alongY * alongY); // Math.hypot takes ten times as long
    return length;
  });
}

/** Points at equal distances along a stroke, its ends included, however many points were reported. */
function trace(stroke: Stroke, unit: number, maxSteps: number): Float64Array {
  const lengths = lengthsAlong(stroke);
  const length = lengths.at(-1) as number;
  const steps = Math.min(Math.max(Math.ceil(length / unit / TRACE_STEP), 1), maxSteps);
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

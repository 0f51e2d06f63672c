import { getStrokeOutlinePoints, getStrokePoints } from 'perfect-freehand';
import type { Ink, Point, Stroke } from '../ink';
import { MIDDLING_PRESSURE } from './penPressure';

/** How the ink looks on the screen; readings do not depend on it. */
export interface PenStyle {
  readonly colour: string;
  /** Of the pen at middling pressure, in the ink's unit. */
  readonly width: number;
}

/** A stroke to be painted: without pressures the pen's speed is guessed from the distances of its points. */
export interface PaintedStroke {
  readonly points: Stroke;
  readonly pressures?: readonly number[] | undefined;
}

/** Outlines are made for a pen of this width: perfect-freehand has lengths in pixels inside. */
const WIDTH = 13;

/** The pen is 0.6 to 1.25 times as wide as at middling pressure. */
const [LIGHT, HEAVY] = [0.6, 1.25];

/** Lengths of the tapered ends. Strokes that are not longer than both have round ends. */
const [TAPER_START, TAPER_END] = [7, 15];

/** A long stroke is painted in parts of so many points, so that a live one costs no more the longer it gets. */
const PART = 256;

/** Points by which parts overlap: the smoothing of the display has forgotten where it began. */
const OVERLAP = 16;

/** Paint ink onto a context whose unit is the ink's, by a pen with a hand: wide where it is slow, with tapered ends. */
export function paintInk(context: CanvasRenderingContext2D, ink: Ink, pen: PenStyle): void {
  for (const points of ink) fill(context, outlines({ points }, pen.width), pen);
}

/** How many parts a stroke of so many points has; all but the last one stay as they are while the stroke grows. */
export function countParts(points: number): number {
  return Math.max(Math.ceil((points - OVERLAP) / PART), 1);
}

/** The place of the first point of a part. */
export function firstPoint(part: number): number {
  return Math.max(part * PART - OVERLAP, 0);
}

/** The outlines of the parts of a stroke from the part `first` up to, not including, `end`; for `fill`. */
export function outlines(
  stroke: PaintedStroke,
  width: number,
  first = 0,
  end = countParts(stroke.points.length),
): Path2D[] {
  return Array.from({ length: end - first }, (_, i) => outline(stroke, WIDTH / width, first + i));
}

/** Fill outlines that were made for a pen of this width. */
export function fill(context: CanvasRenderingContext2D, paths: readonly Path2D[], { colour, width }: PenStyle): void {
  context.save();
  context.fillStyle = colour;
  context.scale(width / WIDTH, width / WIDTH);
  for (const path of paths) context.fill(path);
  context.restore();
}

/** The outline of one part of a stroke, with its coordinates times `scale`. */
function outline({ points, pressures }: PaintedStroke, scale: number, part: number): Path2D {
  const isLast = part === countParts(points.length) - 1;
  const from = firstPoint(part);
  const to = isLast ? points.length : (part + 1) * PART + 1;
  const samples = points.slice(from, to).map(([x, y], i): [number, number, number] => {
    return [x * scale, y * scale, pressures?.[from + i] ?? MIDDLING_PRESSURE];
  });
  const path = new Path2D();
  // A smaller size than the pen's: the first points up to this length would be left out.
  const smooth = getStrokePoints(samples, { size: 2, streamline: 0.4, last: true });
  const length = smooth.at(-1)?.runningLength ?? 0;
  if (isLast && part === 0 && length < 2) {
    const [x, y] = samples[0] as [number, number, number]; // a dot
    path.arc(x, y, WIDTH / 2, 0, 2 * Math.PI);
    return path;
  }
  const tapered = part > 0 || length > TAPER_START + TAPER_END;
  trace(
    path,
    getStrokeOutlinePoints(smooth, {
      size: WIDTH,
      thinning: 1, // so that the radius is that of `easing`, by the pressure
      easing: (pressure) => (LIGHT + (HEAVY - LIGHT) * pressure) / 2,
      simulatePressure: pressures === undefined,
      start: { taper: part === 0 && tapered ? TAPER_START : 0, easing: blunt },
      end: { taper: isLast && tapered ? TAPER_END : 0, easing: blunt },
      last: true,
    }) as [number, number][],
  );
  return path;
}

/** From 0 at the tip to 1: a quarter circle, so that a tip is slim and not a needle. */
function blunt(t: number): number {
  return Math.sqrt(1 - (1 - t) ** 2);
}

/** Trace curves between the midpoints of an outline's edges: it has no corners. */
function trace(path: Path2D, outline: readonly Point[]): void {
  const middle = ([x, y]: Point, [nextX, nextY]: Point) => [(x + nextX) / 2, (y + nextY) / 2] as const;
  for (const [i, point] of outline.entries()) {
    const next = outline[(i + 1) % outline.length] as Point;
    if (i === 0) path.moveTo(...middle(outline.at(-1) as Point, point));
    path.quadraticCurveTo(...point, ...middle(point, next));
  }
  path.closePath();
}

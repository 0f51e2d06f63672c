import { getStrokeOutlinePoints, getStrokePoints } from 'perfect-freehand';
import type { Point, Stroke } from '../ink';
import { MIDDLING_PRESSURE, pressureOfSpeed } from './penPressure';

/** How the ink looks on the screen; readings do not depend on it. */
export interface PenStyle {
  readonly colour: string;
  /** Of the pen at middling pressure, in the ink's unit. */
  readonly width: number;
}

/** A stroke to be painted; without pressures, its points are taken for those of a screen of 60 a second. */
export interface PaintedStroke {
  readonly points: Stroke;
  readonly pressures?: readonly number[] | undefined;
}

/** Outlines are made for a pen of this width: perfect-freehand has lengths in pixels inside. */
const WIDTH = 13;

/** The pen is 0.6 to 1.25 times as wide as at middling pressure. */
const [LIGHT, HEAVY] = [0.6, 1.25];

/** Lengths of the tapered ends, and how wide the tips are, by the width behind. Strokes not twice as long have blunt ends. */
const [TAPER_START, TAPER_END] = [8, 16];
const TIP = 0.4;

/** Milliseconds between points that have no pressures: most screens have 60 a second. */
const ELAPSED = 1000 / 60;

/** A long stroke is painted in parts of so many points, so that a live one costs no more the longer it gets. */
const PART = 128;

/** Points by which parts overlap: the smoothing of the display has forgotten where it began. */
const OVERLAP = 16;

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
function outline(stroke: PaintedStroke, scale: number, part: number): Path2D {
  const isLast = part === countParts(stroke.points.length) - 1;
  const from = firstPoint(part);
  const to = isLast ? stroke.points.length : (part + 1) * PART + 1;
  const points = stroke.points.slice(from, to).map(([x, y]): Point => [x * scale, y * scale]);
  const lengths = lengthsAlong(points);
  const length = lengths.at(-1) as number;
  const path = new Path2D();
  if (isLast && part === 0 && length < 2) {
    path.arc(...(points[0] as Point), WIDTH / 2, 0, 2 * Math.PI); // a dot
    return path;
  }
  const pressures = stroke.pressures?.slice(from, to) ?? guessPressures(lengths);
  const tapers = part > 0 || length > 2 * (TAPER_START + TAPER_END);
  const samples = points.map(([x, y], i): [number, number, number] => {
    const along = lengths[i] as number;
    const start = tapers && part === 0 ? taper(along / TAPER_START) : 1;
    const end = tapers && isLast ? taper((length - along) / TAPER_END) : 1;
    const width = LIGHT + (HEAVY - LIGHT) * (pressures[i] as number);
    return [x, y, (Math.min(start, end) * width) / HEAVY];
  });
  // A smaller size than the pen's: the first points up to this length would be left out.
  const smooth = getStrokePoints(samples, { size: 2, streamline: 0.4, last: true });
  const how = { size: WIDTH, thinning: 1, easing: radius, simulatePressure: false, last: true };
  trace(path, getStrokeOutlinePoints(smooth, how) as [number, number][]);
  return path;
}

/** The radius, in widths of the pen, by the share of its largest width. */
function radius(share: number): number {
  return (share * HEAVY) / 2;
}

/** How wide a stroke is near its end, 0 (at the tip) to 1 of the way along the taper. */
function taper(t: number): number {
  return t < 1 ? TIP + (1 - TIP) * Math.sqrt(t) : 1;
}

/** The length of a stroke up to each of its points. */
function lengthsAlong(points: readonly Point[]): number[] {
  let length = 0;
  return points.map(([x, y], i) => {
    const [fromX, fromY] = points[Math.max(i - 1, 0)] as Point;
    length += Math.hypot(x - fromX, y - fromY);
    return length;
  });
}

function guessPressures(lengths: readonly number[]): number[] {
  let pressure = MIDDLING_PRESSURE;
  return lengths.map((length, i) => {
    pressure = pressureOfSpeed(pressure, length - (lengths[i - 1] ?? 0), ELAPSED);
    return pressure;
  });
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

import type { Ink, Point, Stroke } from '../ink';

/** Before the exact method, whose time may grow with the square of the points, so many are kept all over the strokes. */
const MAX_COMPARED = 2_000;

/**
 * Thin ink to at most `maxPoints` points that keep its shape best: the ends of all strokes, then the points that lie
 * farthest from the line that would replace them (Douglas and Peucker). Ink that fits is returned as it is.
 *
 * @param maxStrokes so many strokes stay, the longest; at most half of `maxPoints`, because each has two ends.
 */
export function thinInk(ink: Ink, maxStrokes: number, maxPoints: number): Ink {
  const strokes = longest(ink, maxStrokes);
  const count = (all: Ink) => all.reduce((sum, stroke) => sum + stroke.length, 0);
  if (count(strokes) <= maxPoints) return strokes;
  const share = MAX_COMPARED / count(strokes);
  const even = strokes.map((stroke) =>
    stroke.filter((_, i) => i === 0 || i === stroke.length - 1 || scattered(i) < share),
  );
  const points = even.flatMap((stroke, s) => [...deviationsOf(stroke)].map((deviation, i) => ({ s, i, deviation })));
  points.sort((one, other) => other.deviation - one.deviation);
  const kept = even.map(() => new Set<number>());
  for (const { s, i } of points.slice(0, maxPoints)) kept[s]?.add(i);
  return even.map((stroke, s) => stroke.filter((_, i) => kept[s]?.has(i)));
}

/** A number, 0 to 1, by which points are chosen evenly over a stroke, but in no rhythm that a zigzag may have. */
function scattered(index: number): number {
  return (index * 0.618034) % 1; // the golden ratio
}

/** The longest strokes, in their order. */
function longest(ink: Ink, count: number): Ink {
  if (ink.length <= count) return ink;
  const lengths = ink.map(lengthOf);
  const kept = new Set(
    [...ink.keys()].sort((one, other) => (lengths[other] ?? 0) - (lengths[one] ?? 0)).slice(0, count),
  );
  return ink.filter((_, i) => kept.has(i));
}

function lengthOf(stroke: Stroke): number {
  const step = ([x, y]: Point, i: number) => {
    const [lastX, lastY] = stroke[Math.max(i - 1, 0)] as Point;
    return Math.hypot(x - lastX, y - lastY);
  };
  return stroke.map(step).reduce((sum, length) => sum + length, 0);
}

/** How far each point lies from the line between the points that are kept before it; the ends count most. */
function deviationsOf(stroke: Stroke): Float64Array {
  const deviations = new Float64Array(stroke.length).fill(Number.MAX_VALUE);
  const open: [from: number, to: number, most: number][] = [[0, stroke.length - 1, Number.MAX_VALUE]];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const [from, to, most] = part;
    if (to - from < 2) continue;
    let farthest = from + 1;
    let distance = -1;
    for (let i = from + 1; i < to; i++) {
      const own = distanceTo(stroke[i] as Point, stroke[from] as Point, stroke[to] as Point);
      if (own > distance) [farthest, distance] = [i, own];
    }
    const deviation = Math.min(distance, most); // so that a point is never kept before the one that split its part
    deviations[farthest] = deviation;
    open.push([from, farthest, deviation], [farthest, to, deviation]);
  }
  return deviations;
}

/** The distance of a point from the segment between two others. */
function distanceTo([x, y]: Point, [fromX, fromY]: Point, [toX, toY]: Point): number {
  const [acrossX, acrossY] = [toX - fromX, toY - fromY];
  const along = ((x - fromX) * acrossX + (y - fromY) * acrossY) / (acrossX ** 2 + acrossY ** 2 || 1);
  const share = Math.min(Math.max(along, 0), 1);
  return Math.hypot(x - fromX - share * acrossX, y - fromY - share * acrossY);
}

import type { Point, Stroke } from '../ink';
import type { Sheet } from './inkHistory';

/**
 * The strokes that an eraser touches on its way from one point to the next.
 *
 * @param reach of the eraser's middle to the middle of a stroke, in the ink's unit.
 */
export function touchedStrokes(sheet: Sheet, from: Point, to: Point, reach: number): Sheet {
  return sheet.filter(({ points }) => isNear(points, from, to, reach));
}

function isNear(stroke: Stroke, from: Point, to: Point, reach: number): boolean {
  return stroke.some((point, i) => {
    const before = stroke[i - 1] ?? point;
    return (
      isWithin(point, from, to, reach) ||
      isWithin(from, before, point, reach) ||
      isWithin(to, before, point, reach) ||
      crosses(before, point, from, to)
    );
  });
}

/** Whether a point is at most `reach` from a segment. */
function isWithin([x, y]: Point, [startX, startY]: Point, [endX, endY]: Point, reach: number): boolean {
  const [alongX, alongY] = [endX - startX, endY - startY];
  const square = alongX ** 2 + alongY ** 2;
  const t = square > 0 ? ((x - startX) * alongX + (y - startY) * alongY) / square : 0;
  const clamped = Math.min(Math.max(t, 0), 1);
  return Math.hypot(x - startX - clamped * alongX, y - startY - clamped * alongY) <= reach;
}

/** Whether two segments cross, each with its ends on both sides of the other. */
function crosses(one: Point, end: Point, other: Point, otherEnd: Point): boolean {
  return (
    side(one, end, other) !== side(one, end, otherEnd) && side(other, otherEnd, one) !== side(other, otherEnd, end)
  );
}

function side([x, y]: Point, [endX, endY]: Point, [atX, atY]: Point): number {
  return Math.sign((endX - x) * (atY - y) - (endY - y) * (atX - x));
}

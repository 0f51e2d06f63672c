import type { Box } from '../box';
import type { Ink, Point } from './ink';

/**
 * The box around all points of `ink`, without the pen's width; null where there is no point.
 *
 * @throws TypeError where a point is not a pair of finite numbers.
 */
export function inkBounds(ink: Ink): Box | null {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const [s, stroke] of ink.entries()) {
    for (const [p, point] of stroke.entries()) {
      if (!isPoint(point)) {
        throw new TypeError(
          `Point ${p} of stroke ${s} is ${JSON.stringify(point)}; give each point as two finite numbers, [x, y].`,
        );
      }
      const [x, y] = point;
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
    }
  }
  return left > right ? null : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Whether a value from outside, whatever its declared type, is a pair of finite numbers. */
function isPoint(value: unknown): value is Point {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);
}

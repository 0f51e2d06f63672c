import type { Box } from '../box';
import type { Ink, Stroke } from './ink';
import { isPoint } from './isInk';

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
  for (let s = 0; s < ink.length; s++) {
    const stroke = ink[s] as Stroke;
    for (let p = 0; p < stroke.length; p++) {
      const point: unknown = stroke[p];
      if (!isPoint(point)) {
        throw new TypeError(
          `Point ${p} of stroke ${s} is ${JSON.stringify(point)}; give each point as two finite numbers, [x, y].`,
        );
      }
      const x = point[0];
      const y = point[1];
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
    }
  }
  return left > right ? null : { x: left, y: top, width: right - left, height: bottom - top };
}

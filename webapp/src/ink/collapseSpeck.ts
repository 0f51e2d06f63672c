import type { Ink, Point } from './ink';
import { inkBounds } from './inkBounds';

/**
 * Ink too small to have a shape, as a tap that trembles leaves it, becomes one point: each stroke of it is that point.
 * Drawn to fill the network's box, the tremble would look like a digit's curves. Other ink comes back as it is.
 *
 * @param smallest extent, in the ink's unit, in its longer direction, from which ink has a shape.
 * @throws TypeError where a point is no pair of finite numbers; RangeError where `smallest` is below 0 or no number.
 */
export function collapseSpeck(ink: Ink, smallest: number): Ink {
  if (!(smallest >= 0)) throw new RangeError(`The smallest extent of a shape is to be 0 or more; got ${smallest}.`);
  const box = inkBounds(ink);
  if (box === null || Math.max(box.width, box.height) >= smallest) return ink;
  const middle: Point = [box.x + box.width / 2, box.y + box.height / 2];
  return ink.map((stroke) => (stroke.length > 0 ? [middle] : []));
}

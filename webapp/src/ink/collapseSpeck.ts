import type { Ink, Point } from './ink';
import { inkBounds } from './inkBounds';

/**
 * Turn ink that is too small to have a shape, such as a trembling tap, into one point: every stroke becomes this point.
 * Scaled up to the network's box, the tremble would look like a digit's curves. Other ink is returned as it is.
 *
 * @param smallest extent, in the ink's unit, in its longer direction, from which ink has a shape.
 * @throws TypeError where a point is not a pair of finite numbers; RangeError where `smallest` is below 0 or not a number.
 */
export function collapseSpeck(ink: Ink, smallest: number): Ink {
  if (!(smallest >= 0)) throw new RangeError(`The smallest extent of a shape must be 0 or more; got ${smallest}.`);
  const box = inkBounds(ink);
  if (box === null || Math.max(box.width, box.height) >= smallest) return ink;
  // Not by box.ts: a pad would load all of it before it is needed.
  const middle: Point = [box.x + box.width / 2, box.y + box.height / 2];
  return ink.map((stroke) => (stroke.length > 0 ? [middle] : []));
}

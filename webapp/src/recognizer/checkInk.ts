import { InvalidInputError } from '../errors';
import type { Ink } from '../ink';
import { shown } from './shown';

/**
 * Check that a value from outside is ink: strokes of points of two finite numbers, with one point at least.
 *
 * @param name what the message calls it.
 * @throws InvalidInputError that names the stroke and the point.
 */
export function checkInk(ink: unknown, name = 'The ink'): asserts ink is Ink {
  if (!Array.isArray(ink)) {
    throw new InvalidInputError(`${name} is ${shown(ink)}; give an array of strokes, each an array of [x, y].`, ink);
  }
  let points = 0;
  for (const [s, stroke] of ink.entries()) {
    if (!Array.isArray(stroke)) {
      throw new InvalidInputError(`Stroke ${s} is ${shown(stroke)}; give each stroke as an array of [x, y].`, stroke);
    }
    points += stroke.length;
    for (let p = 0; p < stroke.length; p++) {
      const point: unknown = stroke[p];
      if (Array.isArray(point) && point.length === 2 && Number.isFinite(point[0]) && Number.isFinite(point[1]))
        continue;
      const place = `Point ${p} of stroke ${s}`;
      throw new InvalidInputError(`${place} is ${shown(point)}; give each point as two finite numbers, [x, y].`, point);
    }
  }
  if (points === 0) throw new InvalidInputError(`${name} has no point; give one stroke with one point at least.`, ink);
}

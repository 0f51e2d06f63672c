import { type Ink, isPoint } from '../ink';
import { refuse } from './refuse';

/**
 * Check that a value from outside is ink: strokes of points of two finite numbers, with one point at least.
 *
 * @param name what the message calls it.
 * @throws InvalidInputError that names the stroke and the point.
 */
export function checkInk(ink: unknown, name = 'The ink'): asserts ink is Ink {
  if (!Array.isArray(ink)) refuse(name, ink, 'an array of strokes, each an array of [x, y]');
  let points = 0;
  for (let s = 0; s < ink.length; s++) {
    const stroke: unknown = ink[s];
    if (!Array.isArray(stroke)) refuse(`Stroke ${s}`, stroke, 'each stroke as an array of [x, y]');
    points += stroke.length;
    for (let p = 0; p < stroke.length; p++) {
      const point: unknown = stroke[p];
      if (isPoint(point)) continue;
      refuse(`Point ${p} of stroke ${s}`, point, 'each point as two finite numbers, [x, y]');
    }
  }
  if (points === 0) refuse(name, ink, 'at least one point');
}

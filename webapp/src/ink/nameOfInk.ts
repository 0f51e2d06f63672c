import type { Ink } from './ink';
import { inkBounds } from './inkBounds';

/** A name of ink at its place: how many points its strokes have, and where they lie, to four decimals of the ink's unit. */
export function nameOfInk(ink: Ink): string {
  const { x = 0, y = 0, width = 0, height = 0 } = inkBounds(ink) ?? {};
  const ends = ink.map((stroke) => [stroke.length, ...(stroke[0] ?? []), ...(stroke.at(-1) ?? [])]);
  return [x, y, width, height, ...ends.flat()].map((number) => number.toFixed(4)).join(' ');
}

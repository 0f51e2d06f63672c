import type { Ink, Point } from './ink';

/** Whether something from outside is ink: strokes of one point or more, each of two finite numbers. */
export function isInk(ink: unknown): ink is Ink {
  const isStroke = (stroke: unknown) => Array.isArray(stroke) && stroke.length > 0 && stroke.every(isPoint);
  return Array.isArray(ink) && ink.every(isStroke);
}

/** Whether something from outside is a pair of finite numbers. */
export function isPoint(value: unknown): value is Point {
  return Array.isArray(value) && value.length === 2 && Number.isFinite(value[0]) && Number.isFinite(value[1]);
}

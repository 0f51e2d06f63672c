import type { Ink } from './ink';

/** Whether something from outside is ink: strokes of one point or more, each of two finite numbers. */
export function isInk(ink: unknown): ink is Ink {
  const isPoint = (point: unknown) => Array.isArray(point) && point.length === 2 && point.every(Number.isFinite);
  const isStroke = (stroke: unknown) => Array.isArray(stroke) && stroke.length > 0 && stroke.every(isPoint);
  return Array.isArray(ink) && ink.every(isStroke);
}

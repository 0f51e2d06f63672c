import type { Ink, Point, Stroke } from '../ink';

/**
 * Give ink to the page that takes this one's place in the same tab when it is loaded again. Says whether that worked.
 *
 * It is kept in the history entry's state: this tab's alone, gone with it, and there where storage is refused.
 */
export function carryInk(ink: Ink): boolean {
  try {
    history.replaceState({ ink }, '');
    return true;
  } catch {
    return false;
  }
}

/** Take the ink that was carried over, in pad units; once. */
export function takeCarriedInk(): Ink {
  try {
    const state: unknown = history.state;
    if (state === null) return [];
    history.replaceState(null, '');
    return inkOf(state);
  } catch {
    return [];
  }
}

/** The ink in a history state, which another version may have written; none where it is anything else. */
export function inkOf(state: unknown): Ink {
  const ink = (state as { ink?: unknown } | null)?.ink;
  return Array.isArray(ink) && ink.every(isStroke) ? ink : [];
}

function isStroke(value: unknown): value is Stroke {
  return Array.isArray(value) && value.length > 0 && value.every(isPoint);
}

function isPoint(value: unknown): value is Point {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);
}

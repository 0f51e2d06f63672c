import { type Ink, isInk } from '../../ink';

/**
 * Store ink for the page after a reload, where the browser refuses a database. Returns whether that worked.
 *
 * It is stored in the state of the history entry, which belongs to this tab alone, ends with it, and works where a browser
 * refuses other storage.
 */
export function carryInk(ink: Ink): boolean {
  try {
    history.replaceState({ ink }, '');
    return true;
  } catch {
    return false;
  }
}

/** Return the ink that was carried over, in pad units, and delete it. */
export function takeCarriedInk(): Ink {
  try {
    const state: unknown = history.state;
    if (state !== null) history.replaceState(null, '');
    return inkOf(state);
  } catch {
    return [];
  }
}

/** The ink in a history state. Another version of the page may have written it: anything else counts as no ink. */
export function inkOf(state: unknown): Ink {
  const ink = (state as { ink?: unknown } | null)?.ink;
  return isInk(ink) ? ink : [];
}

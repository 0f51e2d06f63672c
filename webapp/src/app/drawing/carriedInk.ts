import type { Ink, Point, Stroke } from '../../ink';
import type { DigitPad } from '../../pad';

/** Reload the page and keep the pad's ink. Waits for the end of a stroke that is being drawn. */
export function reloadWithInk(pad: DigitPad): void {
  if (!pad.drawing && carryInk(pad.ink)) location.reload();
  else pad.addEventListener('ink', () => reloadWithInk(pad), { once: true });
}

/**
 * Store ink for the page after a reload. Returns whether that worked.
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
    if (state === null) return [];
    history.replaceState(null, '');
    return inkOf(state);
  } catch {
    return [];
  }
}

/** The ink in a history state. Another version of the page may have written it: anything else counts as no ink. */
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

import type { DigitPadElement } from '../../api';
import { carryInk, takeCarriedInk } from './carriedInk';

/**
 * Keeps the sheet, by a part of the page that is fetched when there is something to keep, or may be something kept: the
 * first visit draws and reads without it.
 */
export function keepSheet(pad: DigitPadElement) {
  const carried = takeCarriedInk();
  if (carried.length > 0) pad.restore(carried);
  let part: Promise<typeof import('./keptSheet')> | null = null;
  // Who leaves in the moment after the first stroke takes the ink along.
  const carry = () => pad.drawing || carryInk(pad.ink);
  const open = () => {
    part ??= import('./keptSheet').then(async (part) => {
      await part.openSheet(pad, carried.length > 0);
      pad.removeEventListener('ink', carry);
      takeCarriedInk();
      return part;
    });
    part.catch((error) => {
      console.warn('The sheet is not kept.', error);
      part = null; // the next stroke tries again
      pad.addEventListener('ink', open, { once: true });
    });
    return part;
  };
  pad.addEventListener('ink', carry);
  pad.addEventListener('ink', open, { once: true });
  if (carried.length > 0) void open();
  else
    void mayBeKept().then((may) => {
      if (may) void open();
    });
  return {
    /** Reload the page and keep the ink. */
    reload(): void {
      if (part === null && !pad.canUndo) location.reload();
      else
        open().then(
          ({ reloadWithSheet }) => reloadWithSheet(pad),
          () => location.reload(),
        );
    },
  };
}

/** Whether a sheet may wait from before. */
async function mayBeKept(): Promise<boolean> {
  try {
    if (sessionStorage.length > 0) return true;
    return (await indexedDB.databases()).some(({ name }) => name?.startsWith('digitpad-sheets:'));
  } catch {
    return false; // this browser keeps nothing here
  }
}

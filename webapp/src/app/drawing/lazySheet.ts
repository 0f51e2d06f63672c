import type { DigitPad } from '../../pad';

/**
 * Keeps the sheet, by a part of the page that is fetched when there is something to keep, or may be something kept: the
 * first visit draws and reads without it.
 */
export function keepSheet(pad: DigitPad) {
  let part: Promise<typeof import('./keptSheet')> | null = null;
  const open = () => {
    part ??= import('./keptSheet').then(async (part) => {
      await part.openSheet(pad);
      return part;
    });
    part.catch((error) => {
      console.warn('The sheet is not kept.', error);
      part = null; // the next stroke tries again
      pad.addEventListener('ink', open, { once: true });
    });
    return part;
  };
  pad.addEventListener('ink', open, { once: true });
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
    if (history.state !== null || sessionStorage.length > 0) return true;
    return (await indexedDB.databases()).some(({ name }) => name?.startsWith('digitpad-sheets:'));
  } catch {
    return false; // this browser keeps nothing here
  }
}

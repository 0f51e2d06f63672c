/** Keeps the sheet of this tab: it is back after a reload, a crash, another version, or going away and coming back. */

import { type DigitPadElement, InkHistory } from '../../api';
import { newId } from '../../learning/newId';
import { carryInk } from './carriedInk';
import { SheetStore } from './sheetStore';
import { historyOf, storedHistory } from './storedHistory';

const NAME = `digitpad-sheets:${new URL('.', document.baseURI).pathname}`;

/** A page that was reloaded may wait so long, in milliseconds, for the one before it to let go of the sheet. */
const HANDOVER_MS = 1000;

/** Whether the newest state of a pad is stored. */
const stored = new WeakMap<DigitPadElement, Promise<boolean>>();

/**
 * Put the kept sheet onto the pad, and keep it from now on. Ink that was drawn in the meantime is added to it.
 *
 * Each tab has its own sheet. A new tab goes on with the newest one whose tab is gone.
 *
 * @param isNew whether what is on the pad begins a new sheet.
 */
export async function openSheet(pad: DigitPadElement, isNew: boolean): Promise<void> {
  const store = new SheetStore(NAME);
  let tab = await chooseSheet(store, isNew);
  const before = tab.isNew ? null : historyOf(await store.sheet(tab.id));
  while (pad.drawing) await new Promise((resolve) => pad.addEventListener('ink', resolve, { once: true }));
  let kept = before ?? InkHistory.EMPTY;
  if (before) {
    const drawn = pad.history.sheet;
    pad.restoreHistory(drawn.length > 0 ? before.add([...before.sheet, ...drawn]) : before);
  }
  stored.set(pad, Promise.resolve(true));
  const keep = () => {
    if (pad.drawing || pad.history === kept) return;
    kept = pad.history;
    setOwnId(tab.id);
    stored.set(pad, store.keep(tab.id, storedHistory(kept), Date.now()));
  };
  keep();
  pad.addEventListener('ink', keep);
  // A page that holds a lock can't be kept for the way back.
  addEventListener('pagehide', () => tab.release?.());
  addEventListener('pageshow', async ({ persisted }) => {
    if (!persisted) return;
    tab.release = await store.hold(tab.id);
    if (tab.release !== null || !hasLocks()) return;
    tab = await newSheet(store); // another tab went on with the old one
    kept = InkHistory.EMPTY;
    keep();
  });
  if (!tab.isNew) await store.prune();
  await stored.get(pad); // until then the ink is carried as well
}

/** Reload the page and keep the ink. Waits for the end of a stroke that is being drawn. */
export async function reloadWithSheet(pad: DigitPadElement): Promise<void> {
  const { history } = pad;
  const isStored = await stored.get(pad);
  if (!pad.drawing && history === pad.history && (isStored || carryInk(pad.ink))) location.reload();
  else if (history !== pad.history) await reloadWithSheet(pad);
  else pad.addEventListener('ink', () => void reloadWithSheet(pad), { once: true });
}

interface TabSheet {
  readonly id: string;
  readonly isNew: boolean;
  /** Lets go of the sheet; null where the browser has no locks. */
  release: (() => void) | null;
}

/** The sheet of this tab: its own from before, else the newest whose tab is gone, else a new one. */
async function chooseSheet(store: SheetStore, isNew: boolean): Promise<TabSheet> {
  const own = ownId();
  if (isNew) return newSheet(store);
  if (!hasLocks()) return own === null ? newSheet(store) : { id: own, isNew: false, release: null };
  // A copy of a tab has its id as well.
  const release = own && (await store.hold(own, HANDOVER_MS));
  if (own && release) return { id: own, isNew: false, release };
  // A tab that reloads goes on with no other's: many may reload at once, for a newer version, and let go for a moment.
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (visit?.type === 'reload') return newSheet(store);
  for (const id of await store.ids()) {
    const taken = await store.hold(id);
    if (!taken) continue;
    setOwnId(id);
    return { id, isNew: false, release: taken };
  }
  return newSheet(store);
}

async function newSheet(store: SheetStore): Promise<TabSheet> {
  const id = newId(Date.now());
  return { id, isNew: true, release: hasLocks() ? await store.hold(id) : null };
}

/** Whether the browser tells if a tab is gone; it does not over plain http. */
function hasLocks(): boolean {
  return navigator.locks !== undefined;
}

/** The id of this tab's sheet; it ends with the tab. */
function ownId(): string | null {
  try {
    return sessionStorage.getItem(NAME);
  } catch {
    return null; // storage is forbidden
  }
}

function setOwnId(id: string): void {
  try {
    sessionStorage.setItem(NAME, id);
  } catch {
    // Then the next page of this tab is taken for a new tab.
  }
}

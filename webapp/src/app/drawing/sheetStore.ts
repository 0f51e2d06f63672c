import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { mayExist } from '../../learning/mayExist';
import type { StoredHistory } from './storedHistory';

/** Sheets that are kept; older ones of tabs that are gone are deleted. */
const MAX_SHEETS = 5;

interface StoredSheet extends StoredHistory {
  readonly id: string;
  /** When it was changed last, in milliseconds since 1970. */
  readonly time: number;
}

interface SheetsSchema extends DBSchema {
  sheets: { key: string; value: StoredSheet };
}

/** The sheets of this browser, one for each tab. Where it stores nothing, there are none. */
export class SheetStore {
  readonly #name: string;
  #opening: Promise<IDBPDatabase<SheetsSchema> | null> | null = null;

  /** @param name of the database. */
  constructor(name: string) {
    this.#name = name;
  }

  /** The ids of all sheets, that of the newest first. */
  async ids(): Promise<string[]> {
    if (!(await mayExist(this.#name))) return []; // who has drawn nothing gets no database
    const database = await this.#open();
    const sheets = (await database?.getAll('sheets').catch(() => [])) ?? [];
    return sheets.sort((one, other) => other.time - one.time).map(({ id }) => id);
  }

  /** What is stored of a sheet; whatever wrote it. */
  async sheet(id: string): Promise<unknown> {
    const database = await this.#open();
    return database?.get('sheets', id).catch(() => undefined);
  }

  /** Store a sheet; return whether that worked. */
  async keep(id: string, history: StoredHistory, time: number): Promise<boolean> {
    const database = await this.#open();
    if (database === null) return false;
    try {
      const writing = database.transaction('sheets', 'readwrite');
      const written = Promise.all([writing.store.put({ ...history, id, time }), writing.done]);
      writing.commit?.(); // otherwise it may be lost if the page is left at once
      await written;
      return true;
    } catch (error) {
      console.warn('The sheet could not be stored.', error);
      return false;
    }
  }

  /** Delete sheets of tabs that are gone, but for the newest. */
  async prune(): Promise<void> {
    if (navigator.locks === undefined) return; // which tabs are gone is not known
    const database = await this.#open();
    for (const id of (await this.ids()).slice(MAX_SHEETS)) {
      const release = await this.hold(id);
      if (release === null) continue; // its tab is open
      await database?.delete('sheets', id).catch(() => {});
      release();
    }
  }

  #open(): Promise<IDBPDatabase<SheetsSchema> | null> {
    this.#opening ??= open(this.#name).catch(() => null); // the browser refuses, or a newer version wrote it
    return this.#opening;
  }

  /**
   * Hold a sheet for this tab. The browser lets go of it when the tab is gone.
   *
   * @param wait for so many milliseconds if another tab holds it.
   * @returns what lets go of it; null where another tab holds it, or the browser has no locks.
   */
  async hold(id: string, wait = 0): Promise<(() => void) | null> {
    const how = wait > 0 ? { signal: AbortSignal.timeout(wait) } : { ifAvailable: true };
    return new Promise((resolve) => {
      const held = (lock: Lock | null) => lock && new Promise<void>((release) => resolve(release));
      // Done without `held` having kept the lock: another tab has it.
      const end = () => resolve(null);
      navigator.locks.request(`${this.#name}:${id}`, how, held).then(end, end);
    });
  }
}

/** @throws DOMException, or ReferenceError, where the browser stores nothing. */
async function open(name: string): Promise<IDBPDatabase<SheetsSchema>> {
  return openDB<SheetsSchema>(name, 1, {
    upgrade: (database) => void database.createObjectStore('sheets', { keyPath: 'id' }),
    blocking: (_, __, event) => (event.target as IDBDatabase).close(), // otherwise a newer version waits for this tab
  });
}

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Correction } from './correction';

/** The database of corrections. Each folder that a site is served from has its own. */
export interface CorrectionsSchema extends DBSchema {
  corrections: { key: string; value: Correction };
  settings: { key: string; value: boolean };
}

/**
 * Open the database and upgrade it if an older version wrote it: completely or, if a step fails, not at all.
 *
 * @param onOutdated called when a newer version of the page needs the database, and this one has closed it.
 * @throws DOMException if the browser stores nothing, or a newer version wrote the database.
 */
export async function openDatabase(name: string, onOutdated: () => void): Promise<IDBPDatabase<CorrectionsSchema>> {
  return openDB<CorrectionsSchema>(name, 2, {
    upgrade(database, oldVersion) {
      // Never change a published step; add another.
      if (oldVersion < 1) database.createObjectStore('corrections', { keyPath: 'id' });
      if (oldVersion < 2) database.createObjectStore('settings');
    },
    blocking(_, __, event) {
      (event.target as IDBDatabase).close(); // otherwise the newer version waits for this tab
      onOutdated();
    },
  });
}

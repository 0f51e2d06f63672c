import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';
import type { Correction } from './correction';

/** The database of corrections, one for each folder that a site is served from. */
export interface CorrectionsSchema extends DBSchema {
  corrections: { key: string; value: Correction };
  settings: { key: string; value: boolean };
}

export type CorrectionsDatabase = IDBPDatabase<CorrectionsSchema>;
type Upgrade = IDBPTransaction<CorrectionsSchema, StoreNames<CorrectionsSchema>[], 'versionchange'>;

/**
 * What each version of the database added, in their order: a database of version n has had the first n of them. Never
 * change one that was published; add another.
 */
export const MIGRATIONS: readonly ((database: CorrectionsDatabase, upgrade: Upgrade) => void | Promise<void>)[] = [
  (database) => {
    database.createObjectStore('corrections', { keyPath: 'id' });
  },
  (database) => {
    database.createObjectStore('settings');
  },
];

/** What the database tells. */
export interface DatabaseEvents {
  /** A newer version of the page needs the database: this one has let go of it. */
  readonly onOutdated: () => void;
}

/**
 * Open the database, and bring one that an older version wrote up to date: all of it or, where that fails, nothing.
 *
 * @throws DOMException where the browser keeps nothing, or a newer version has written it.
 */
export async function openDatabase(
  name: string,
  { onOutdated }: DatabaseEvents,
  version = MIGRATIONS.length,
): Promise<CorrectionsDatabase> {
  return openDB<CorrectionsSchema>(name, version, {
    async upgrade(database, oldVersion, newVersion, upgrade) {
      for (const migrate of MIGRATIONS.slice(oldVersion, newVersion ?? undefined)) await migrate(database, upgrade);
    },
    blocking(_, __, event) {
      (event.target as IDBDatabase).close(); // else the newer version would wait for this tab
      onOutdated();
    },
  });
}

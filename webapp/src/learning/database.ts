import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';
import type { Correction } from './correction';

/** The database of corrections. Each folder that a site is served from has its own. */
export interface CorrectionsSchema extends DBSchema {
  corrections: { key: string; value: Correction };
  settings: { key: string; value: boolean };
}

export type CorrectionsDatabase = IDBPDatabase<CorrectionsSchema>;
type Upgrade = IDBPTransaction<CorrectionsSchema, StoreNames<CorrectionsSchema>[], 'versionchange'>;

/**
 * The upgrade steps: a database of version n has had the first n of them. Never change a published step; add another.
 */
export const MIGRATIONS: readonly ((database: CorrectionsDatabase, upgrade: Upgrade) => void | Promise<void>)[] = [
  (database) => {
    database.createObjectStore('corrections', { keyPath: 'id' });
  },
  (database) => {
    database.createObjectStore('settings');
  },
];

/** Events of an open database. */
export interface DatabaseEvents {
  /** A newer version of the page needs the database, and this one has closed it. */
  readonly onOutdated: () => void;
}

/**
 * Open the database and upgrade it if an older version wrote it: completely or, if a step fails, not at all.
 *
 * @throws DOMException if the browser stores nothing, or a newer version wrote the database.
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
      (event.target as IDBDatabase).close(); // otherwise the newer version waits for this tab
      onOutdated();
    },
  });
}

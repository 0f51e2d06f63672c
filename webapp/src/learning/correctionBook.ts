import type { IDBPObjectStore, StoreNames } from 'idb';
import type { Correction } from './correction';
import { type CorrectionsDatabase, type CorrectionsSchema, openDatabase } from './database';

const MINE = 'mine';

/** A change made in this tab or in another one. */
export interface BookChange {
  readonly add: readonly Correction[];
  readonly forget: readonly string[];
}

/**
 * All corrections: in memory, and stored in the browser's database if it has one.
 *
 * Each change is one transaction, so a crash leaves all of it or nothing. Other tabs get a message and read it.
 */
export class CorrectionBook {
  readonly #name: string;
  readonly #corrections = new Map<string, Correction>();
  readonly #onChange: (change: BookChange) => void;
  readonly #channel: BroadcastChannel | null;
  #connecting: Promise<CorrectionsDatabase | null> | null = null;
  /** Resolves when all changes of this tab are in the database or have failed. */
  #written: Promise<void> = Promise.resolve();
  #whyNotKept: string | null = null;
  #useMine = true;

  private constructor(name: string, onChange: (change: BookChange) => void) {
    this.#name = name;
    this.#onChange = onChange;
    this.#channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(name) : null;
    this.#channel?.addEventListener('message', () => void this.#takeOver());
  }

  /**
   * Open the book. Stored corrections are loaded before the promise resolves; they do not trigger onChange. A browser
   * that has nothing to store yet gets no database.
   *
   * @param name of the database.
   * @param onChange called after each later change of the corrections, of `useMine` and of `whyNotKept`.
   */
  static async open(name: string, onChange: (change: BookChange) => void): Promise<CorrectionBook> {
    const book = new CorrectionBook(name, onChange);
    if (await mayExist(name)) await book.#read().catch(() => book.#notKept(REFUSED));
    return book;
  }

  /** Oldest first. */
  get all(): readonly Correction[] {
    return [...this.#corrections.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  get(id: string): Correction | undefined {
    return this.#corrections.get(id);
  }

  /** Null if corrections are stored, else one sentence that says why not. */
  get whyNotKept(): string | null {
    return this.#whyNotKept;
  }

  /** Whether readings use what was learnt. */
  get useMine(): boolean {
    return this.#useMine;
  }

  /** Add corrections or replace those with the same id. All of them are stored, or none if there is no room. */
  async put(corrections: readonly Correction[]): Promise<void> {
    for (const correction of corrections) this.#corrections.set(correction.id, correction);
    this.#onChange({ add: corrections, forget: [] });
    await this.#keep((database) =>
      asOne(database, 'corrections', (store) => corrections.map((correction) => store.put(correction))),
    );
    if (this.#whyNotKept === null) void askToStay();
  }

  /** Forget corrections. */
  async forget(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#corrections.delete(id);
    this.#onChange({ add: [], forget: ids });
    await this.#keep((database) => asOne(database, 'corrections', (store) => ids.map((id) => store.delete(id))));
  }

  /** Set whether readings use what was learnt. */
  async use(mine: boolean): Promise<void> {
    this.#useMine = mine;
    this.#onChange({ add: [], forget: [] });
    await this.#keep((database) => asOne(database, 'settings', (store) => [store.put(mine, MINE)]));
  }

  /** Open the database when it is first needed; null if nothing can be stored. */
  async #connect(): Promise<CorrectionsDatabase | null> {
    if (this.#whyNotKept !== null) return null;
    this.#connecting ??= openDatabase(this.#name, { onOutdated: () => this.#notKept(OUTDATED) }).catch((error) => {
      this.#notKept((error as Error).name === 'VersionError' ? OLDER : REFUSED);
      return null;
    });
    return this.#connecting;
  }

  async #read(): Promise<BookChange> {
    const database = await this.#connect();
    if (database === null) return { add: [], forget: [] };
    const { kept, mine } = await this.#snapshot(database);
    const ids = new Set(kept.map(({ id }) => id));
    const add = kept.filter((one) => JSON.stringify(this.#corrections.get(one.id)) !== JSON.stringify(one));
    const forget = [...this.#corrections.keys()].filter((id) => !ids.has(id));
    for (const one of add) this.#corrections.set(one.id, one);
    for (const id of forget) this.#corrections.delete(id);
    this.#useMine = mine ?? true;
    return { add, forget };
  }

  /** Read the database once it holds every change of this tab, so that no pending change gets lost. */
  async #snapshot(database: CorrectionsDatabase) {
    for (;;) {
      const written = this.#written;
      await written;
      const read = database.transaction(['corrections', 'settings']);
      const [kept, mine] = await Promise.all([
        read.objectStore('corrections').getAll(),
        read.objectStore('settings').get(MINE),
      ]);
      if (written === this.#written) return { kept, mine };
    }
  }

  /** Read what another tab has changed. */
  async #takeOver(): Promise<void> {
    try {
      this.#onChange(await this.#read());
    } catch {
      this.#notKept(REFUSED);
    }
  }

  #keep(write: (database: CorrectionsDatabase) => Promise<unknown>): Promise<void> {
    const kept = this.#write(write);
    this.#written = Promise.all([this.#written, kept]).then(() => {});
    return kept;
  }

  async #write(write: (database: CorrectionsDatabase) => Promise<unknown>): Promise<void> {
    const database = await this.#connect();
    if (database === null) return;
    try {
      await write(database);
      this.#channel?.postMessage('changed');
    } catch (error) {
      this.#notKept((error as Error).name === 'QuotaExceededError' ? FULL : REFUSED);
    }
  }

  #notKept(why: string): void {
    this.#whyNotKept = why;
    this.#onChange({ add: [], forget: [] });
  }
}

type StoreName = StoreNames<CorrectionsSchema>;
type Store<Name extends StoreName> = IDBPObjectStore<CorrectionsSchema, [Name], Name, 'readwrite'>;

/** Make all changes in one transaction, or none. */
async function asOne<Name extends StoreName>(
  database: CorrectionsDatabase,
  name: Name,
  change: (store: Store<Name>) => Promise<unknown>[],
): Promise<void> {
  const write = database.transaction(name, 'readwrite');
  write.done.catch(() => {}); // the awaited promises report the error
  try {
    const changes = change(write.store);
    write.commit?.(); // otherwise the changes are lost if the page is left at once
    await Promise.all([...changes, write.done]);
  } catch (error) {
    try {
      write.abort();
    } catch {
      // The transaction has already ended.
    }
    throw error;
  }
}

const REFUSED = 'This browser keeps nothing for this page, so what you teach it lasts for this visit only.';
const FULL = 'This device has no room left, so what you teach from now on lasts for this visit only; free some.';
const OUTDATED = 'A newer version of this page runs in another tab; load this one again to keep what you teach it.';
const OLDER = 'What you taught was kept by a newer version of this page; load it again, this visit keeps nothing.';

/** Whether a database of this name may exist; some browsers can't list them. */
async function mayExist(name: string): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some((database) => database.name === name);
  } catch {
    return true;
  }
}

/** Ask the browser not to evict the data. Some browsers ask the user, so this waits for the first correction. */
async function askToStay(): Promise<void> {
  try {
    if (!(await navigator.storage?.persisted?.())) await navigator.storage?.persist?.();
  } catch {
    // Then the browser may evict it.
  }
}

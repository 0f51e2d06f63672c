import type { IDBPObjectStore, StoreNames } from 'idb';
import type { Correction } from './correction';
import { type CorrectionsDatabase, type CorrectionsSchema, openDatabase } from './database';

const MINE = 'mine';

/** What has changed, here or in another tab. */
export interface BookChange {
  readonly add: readonly Correction[];
  readonly forget: readonly string[];
}

/**
 * All corrections: at hand in memory, and kept in the browser's database where it has one.
 *
 * A change is one transaction, so that a crash leaves all of it or nothing. Other tabs are told, and take it over.
 */
export class CorrectionBook {
  readonly #name: string;
  readonly #known = new Map<string, Correction>();
  readonly #onChange: (change: BookChange) => void;
  readonly #channel: BroadcastChannel | null;
  #connecting: Promise<CorrectionsDatabase | null> | null = null;
  /** Done once all of this tab's changes are in the database, or can't be. */
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
   * Open the book: what was kept is at hand when the promise resolves, and not told as a change. A browser that has
   * nothing to keep yet is left without a database.
   *
   * @param name of the database.
   * @param onChange told of every later change of the corrections, of what is used, and of whether they are kept.
   */
  static async open(name: string, onChange: (change: BookChange) => void): Promise<CorrectionBook> {
    const book = new CorrectionBook(name, onChange);
    if (await mayExist(name)) await book.#read().catch(() => book.#notKept(REFUSED));
    return book;
  }

  /** Oldest first. */
  get all(): readonly Correction[] {
    return [...this.#known.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  get(id: string): Correction | undefined {
    return this.#known.get(id);
  }

  /** Null where they are kept, else one sentence on why not. */
  get whyNotKept(): string | null {
    return this.#whyNotKept;
  }

  /** Whether readings are to use what was learnt. */
  get useMine(): boolean {
    return this.#useMine;
  }

  /** Add corrections, or replace those with the same id: all of them, or none where the browser has no room. */
  async put(corrections: readonly Correction[]): Promise<void> {
    for (const correction of corrections) this.#known.set(correction.id, correction);
    this.#onChange({ add: corrections, forget: [] });
    await this.#keep((database) =>
      asOne(database, 'corrections', (store) => corrections.map((correction) => store.put(correction))),
    );
    if (this.#whyNotKept === null) void askToStay();
  }

  /** Forget corrections. */
  async forget(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#known.delete(id);
    this.#onChange({ add: [], forget: ids });
    await this.#keep((database) => asOne(database, 'corrections', (store) => ids.map((id) => store.delete(id))));
  }

  /** Say whether readings are to use what was learnt. */
  async use(mine: boolean): Promise<void> {
    this.#useMine = mine;
    this.#onChange({ add: [], forget: [] });
    await this.#keep((database) => asOne(database, 'settings', (store) => [store.put(mine, MINE)]));
  }

  /** The database, opened when it is first needed; null where nothing is kept. */
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
    const add = kept.filter((one) => JSON.stringify(this.#known.get(one.id)) !== JSON.stringify(one));
    const forget = [...this.#known.keys()].filter((id) => !ids.has(id));
    for (const one of add) this.#known.set(one.id, one);
    for (const id of forget) this.#known.delete(id);
    this.#useMine = mine ?? true;
    return { add, forget };
  }

  /** What the database holds, with every change of this tab in it: one that is on its way is not to be forgotten. */
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

  /** Another tab has changed something. */
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

/** Make changes in one transaction: all of them, or none. */
async function asOne<Name extends StoreName>(
  database: CorrectionsDatabase,
  name: Name,
  change: (store: Store<Name>) => Promise<unknown>[],
): Promise<void> {
  const write = database.transaction(name, 'readwrite');
  write.done.catch(() => {}); // said by what is awaited
  try {
    const changes = change(write.store);
    write.commit?.(); // else a page that is left at once would take the changes with it
    await Promise.all([...changes, write.done]);
  } catch (error) {
    try {
      write.abort();
    } catch {
      // It has ended already.
    }
    throw error;
  }
}

const REFUSED = 'This browser keeps nothing for this page, so what you teach it lasts for this visit only.';
const FULL = 'This device has no room left, so what you teach from now on lasts for this visit only; free some.';
const OUTDATED = 'A newer version of this page runs in another tab; load this one again to keep what you teach it.';
const OLDER = 'What you taught was kept by a newer version of this page; load it again, this visit keeps nothing.';

/** Whether there may be a database of this name: some browsers don't say. */
async function mayExist(name: string): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some((database) => database.name === name);
  } catch {
    return true;
  }
}

/** Ask the browser not to clear what is kept when it runs short of room. Some ask the user, so not before need. */
async function askToStay(): Promise<void> {
  try {
    if (!(await navigator.storage?.persisted?.())) await navigator.storage?.persist?.();
  } catch {
    // Then it is kept as long as the browser likes.
  }
}

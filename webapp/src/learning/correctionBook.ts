import type { IDBPDatabase, IDBPTransaction } from 'idb';
import type { Correction } from './correction';
import { type CorrectionsSchema, openDatabase } from './database';
import { mayExist } from './mayExist';

const STORES = ['corrections', 'settings'] as const;
const MINE = 'mine';

/**
 * Why corrections are not stored: the browser stores nothing, the device is full, a newer version of the page has taken the
 * database over in another tab, or has written it before.
 */
export type WhyNotKept = 'refused' | 'full' | 'outdated' | 'older';

/** A change made in this tab or in another one. */
export interface BookChange {
  readonly add: readonly Correction[];
  readonly forget: readonly string[];
}

const NO_CHANGE: BookChange = { add: [], forget: [] };

type Writing = IDBPTransaction<CorrectionsSchema, typeof STORES, 'readwrite'>;

/**
 * All corrections: in memory, and stored in the browser's database if it has one.
 *
 * Each change is one transaction, so a crash leaves all of it or nothing. Other tabs get a message and read it.
 */
export class CorrectionBook {
  readonly #name: string;
  readonly #corrections = new Map<string, Correction>();
  #onChange: (change: BookChange) => void = () => {};
  readonly #channel: BroadcastChannel | null;
  #connecting: Promise<IDBPDatabase<CorrectionsSchema> | null> | null = null;
  /** Resolves when all changes of this tab are in the database or have failed. */
  #written: Promise<void> = Promise.resolve();
  #whyNotKept: WhyNotKept | null = null;
  #useMine = true;

  private constructor(name: string) {
    this.#name = name;
    this.#channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(name) : null;
    this.#channel?.addEventListener('message', () => void this.#read().then(this.#onChange));
  }

  /**
   * Open the book: load the stored corrections. A browser that has nothing to store yet gets no database.
   *
   * @param name of the database.
   * @param onChange called after each later change of the corrections, of `useMine` and of `whyNotKept`.
   */
  static async open(name: string, onChange: (change: BookChange) => void): Promise<CorrectionBook> {
    const book = new CorrectionBook(name);
    if (await mayExist(name)) await book.#read();
    book.#onChange = onChange;
    return book;
  }

  /** Oldest first. */
  get all(): readonly Correction[] {
    return [...this.#corrections.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  get(id: string): Correction | undefined {
    return this.#corrections.get(id);
  }

  /** Null if corrections are stored, else why not. */
  get whyNotKept(): WhyNotKept | null {
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
    await this.#keep((writing) => corrections.map((one) => writing.objectStore('corrections').put(one)));
    if (this.#whyNotKept === null) void askToStay();
  }

  /** Forget corrections. */
  async forget(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#corrections.delete(id);
    this.#onChange({ add: [], forget: ids });
    await this.#keep((writing) => ids.map((id) => writing.objectStore('corrections').delete(id)));
  }

  /** Set whether readings use what was learnt. */
  async use(mine: boolean): Promise<void> {
    this.#useMine = mine;
    this.#onChange(NO_CHANGE);
    await this.#keep((writing) => [writing.objectStore('settings').put(mine, MINE)]);
  }

  /** Open the database when it is first needed; null if nothing can be stored. */
  async #connect(): Promise<IDBPDatabase<CorrectionsSchema> | null> {
    if (this.#whyNotKept !== null) return null;
    this.#connecting ??= openDatabase(this.#name, () => this.#notKept('outdated')).catch((error) => {
      this.#notKept((error as Error).name === 'VersionError' ? 'older' : 'refused');
      return null;
    });
    return this.#connecting;
  }

  /** Read the database; return what another tab has changed. */
  async #read(): Promise<BookChange> {
    const database = await this.#connect();
    const snapshot = database && (await this.#snapshot(database).catch(() => this.#notKept('refused')));
    if (!snapshot) return NO_CHANGE;
    const { kept, mine } = snapshot;
    const ids = new Set(kept.map(({ id }) => id));
    const add = kept.filter((one) => JSON.stringify(this.#corrections.get(one.id)) !== JSON.stringify(one));
    const forget = [...this.#corrections.keys()].filter((id) => !ids.has(id));
    for (const one of add) this.#corrections.set(one.id, one);
    for (const id of forget) this.#corrections.delete(id);
    this.#useMine = mine ?? true;
    return { add, forget };
  }

  /** The content of the database once it holds every change of this tab, so that no pending change gets lost. */
  async #snapshot(database: IDBPDatabase<CorrectionsSchema>) {
    for (;;) {
      const written = this.#written;
      await written;
      const reading = database.transaction(STORES);
      const [kept, mine] = await Promise.all([
        reading.objectStore('corrections').getAll(),
        reading.objectStore('settings').get(MINE),
      ]);
      if (written === this.#written) return { kept, mine };
    }
  }

  #keep(change: (writing: Writing) => Promise<unknown>[]): Promise<void> {
    const kept = this.#write(change);
    this.#written = Promise.all([this.#written, kept]).then(() => {});
    return kept;
  }

  /** Store a change in one transaction: all of it or nothing. */
  async #write(change: (writing: Writing) => Promise<unknown>[]): Promise<void> {
    const database = await this.#connect();
    if (database === null) return;
    try {
      const writing = database.transaction(STORES, 'readwrite');
      await allOf(writing, change);
      this.#channel?.postMessage('changed');
    } catch (error) {
      this.#notKept((error as Error).name === 'QuotaExceededError' ? 'full' : 'refused');
    }
  }

  #notKept(why: WhyNotKept): void {
    this.#whyNotKept = why;
    this.#onChange(NO_CHANGE);
  }
}

/** Make all changes, or none if one throws. */
async function allOf(writing: Writing, change: (writing: Writing) => Promise<unknown>[]): Promise<void> {
  writing.done.catch(() => {}); // the awaited promises report the error
  let changes: Promise<unknown>[];
  try {
    changes = change(writing);
  } catch (error) {
    writing.abort(); // otherwise the changes before it are stored
    throw error;
  }
  writing.commit?.(); // otherwise the changes are lost if the page is left at once
  await Promise.all([...changes, writing.done]);
}

/** Ask the browser not to evict the data. Some browsers ask the user, so this waits for the first correction. */
async function askToStay(): Promise<void> {
  try {
    await navigator.storage?.persist?.();
  } catch {
    // Then the browser may evict it.
  }
}

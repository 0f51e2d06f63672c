import type { ReaderLife } from '../loading/readerLife';
import type { Teaching, TeachingPage } from './teaching';

/** The part of the page for teaching. It is fetched later, because the page reads without it. */
export class LazyTeaching {
  readonly #reader: ReaderLife;
  readonly #page: TeachingPage;
  #part: Promise<Teaching> | null = null;

  constructor(reader: ReaderLife, page: TeachingPage) {
    this.#reader = reader;
    this.#page = page;
  }

  /** Whether the part was asked for. */
  get wanted(): boolean {
    return this.#part !== null;
  }

  /** Fetch the part unless it is here, and let it teach the recognizer. Without a recognizer this does nothing. */
  async load(): Promise<void> {
    const { recognizer } = this.#reader;
    if (recognizer === null) return;
    this.#part ??= import('./teaching').then(({ Teaching }) => Teaching.open(this.#page));
    try {
      (await this.#part).attach(recognizer);
    } catch {
      this.#part = null; // it can't be fetched now; the next touch of the page tries again
    }
  }

  /** Use the part, if it is here or on its way. */
  use(action: (part: Teaching) => void): void {
    this.#part?.then(action, () => {});
  }
}

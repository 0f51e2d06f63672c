import type { ReaderLife } from '../loading/readerLife';
import type { PickedDigit } from '../pictures/host';
import type { Teaching, TeachingPage } from './teaching';

/** The part of the page for teaching. It is fetched later, because the page reads without it. */
export class LazyTeaching {
  readonly #reader: Pick<ReaderLife, 'recognizer'>;
  readonly #page: TeachingPage;
  #part: Promise<Teaching> | null = null;

  constructor(reader: Pick<ReaderLife, 'recognizer'>, page: TeachingPage) {
    this.#reader = reader;
    this.#page = page;
  }

  /** Fetch the part if it is missing, and attach it to the recognizer. Without one this does nothing. */
  async load(): Promise<void> {
    const { recognizer } = this.#reader;
    if (recognizer === null) return;
    this.#part ??= import('./teaching').then(({ Teaching }) => new Teaching(this.#page));
    try {
      await (await this.#part).attach(recognizer);
    } catch {
      this.#part = null; // it can't be fetched now; the next touch of the page tries again
    }
  }

  /** Fetch the part unless it was asked for before. */
  loadOnce(): void {
    if (this.#part === null) void this.load();
  }

  /** The recognizer is new: if the part is here, let the recognizer learn what the last one knew. */
  attach(): void {
    if (this.#part !== null) void this.load();
  }

  /** Another reading is shown. */
  update(): void {
    void this.#part?.then((part) => part.update());
  }

  /** The user says which digit the drawing is. */
  say(digit: number): void {
    void this.#part?.then((part) => part.say(digit));
  }

  /** The user picked a digit of a picture. */
  ask(digit: PickedDigit): void {
    void this.#part?.then((part) => part.ask(digit));
  }
}

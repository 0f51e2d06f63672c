import { collapseSpeck, type Ink } from '../ink';
import { newestOnly } from '../newestOnly';
import { type InkPad, SMALLEST_SHAPE } from '../pad';
import { NOTHING_READ, type Reading } from '../reading';
import type { Recognizer } from '../recognizer';
import { type InkReading, NO_INK } from './padText';

/** Reads the ink of a pad whenever it changes, as soon as there is a recognizer. */
export class ReadingLoop {
  /** The reading of the ink on which the pen rested last. */
  shown: InkReading = NO_INK;
  readonly #pad: InkPad;
  readonly #onReading: (reading: Reading, ink: Ink, final: boolean) => void;
  readonly #read: (ink: Ink) => void;
  #reader: Recognizer | null = null;
  #current: Ink = [];
  /** The same, as it is on the pad. */
  #raw: Ink = [];
  #isRead = true;
  #frame = 0;

  /**
   * @param onReading called with each reading; `final` unless the ink has changed since, or a stroke is being drawn.
   * @param onError called where the present recognizer fails.
   */
  constructor(
    pad: InkPad,
    onReading: (reading: Reading, ink: Ink, final: boolean) => void,
    onError: (error: Error) => void,
  ) {
    this.#pad = pad;
    this.#onReading = onReading;
    this.#read = newestOnly(
      async (ink) => {
        const reader = this.#reader;
        try {
          return (await reader?.readInk(ink)) ?? null;
        } catch (error) {
          if (reader === this.#reader) onError(error as Error);
          return null;
        }
      },
      (reading, ink) => reading && this.#take(reading, ink),
      (error) => onError(error as Error),
    );
  }

  /** Whether there is ink that is not read. */
  get pending(): boolean {
    return !this.#isRead;
  }

  set reader(reader: Recognizer | null) {
    this.#reader = reader;
    if (this.pending) this.update();
  }

  get reader(): Recognizer | null {
    return this.#reader;
  }

  /**
   * The ink may have changed; the same is not read again. During a stroke it is read once a frame, its start and its end at
   * once.
   */
  inkChanged(): void {
    const { drawing, ink } = this.#pad;
    if (this.#isRead && !drawing && isSame(ink, this.#raw)) {
      this.#onReading(this.shown.reading, this.shown.ink, true);
      return;
    }
    this.#isRead = false;
    if (!drawing || ink.length !== this.#current.length) this.update();
    else this.#frame ||= requestAnimationFrame(() => this.update());
  }

  /** Read what is on the pad now. */
  update(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#raw = this.#pad.ink;
    this.#current = collapseSpeck(this.#raw, SMALLEST_SHAPE);
    if (this.#current.length === 0) this.#take(NOTHING_READ, this.#current);
    else if (this.#reader) this.#read(this.#current);
  }

  /** Read the same ink again: the recognizer has learnt. */
  readAgain(): void {
    if (this.#current.length > 0 && this.#reader) this.#read(this.#current);
  }

  #take(reading: Reading, ink: Ink): void {
    const final = ink === this.#current && (ink.length === 0 || !this.#pad.drawing);
    if (!final && this.#current.length === 0) return;
    if (final) {
      this.shown = { reading, ink };
      this.#isRead = true;
    }
    this.#onReading(reading, ink, final);
  }
}

function isSame(ink: Ink, other: Ink): boolean {
  return ink.length === other.length && ink.every((stroke, i) => stroke === other[i]);
}

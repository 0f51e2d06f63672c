import { collapseSpeck, type Ink, rasterizeInk } from '../../ink';
import { type DigitPad, SMALLEST_SHAPE } from '../../pad';
import { NOTHING_READ } from '../../reading';
import { newestOnly } from '../../recognizer';
import { announce, find } from '../dom';
import type { ReaderLife } from '../loading/readerLife';
import { showNetworkView } from '../reading/networkView';
import type { ReadingView, SelectedDigit } from '../reading/readingView';

/** Reads the ink on the pad whenever it changes, and shows the reading. */
export class Drawing {
  readonly #pad: DigitPad;
  readonly #reader: ReaderLife;
  readonly #view: ReadingView;
  #ink: Ink = [];

  constructor(pad: DigitPad, reader: ReaderLife, view: ReadingView) {
    this.#pad = pad;
    this.#reader = reader;
    this.#view = view;
  }

  /** The selected digit, if the reading shown is that of the ink on the pad. */
  get shown(): SelectedDigit | null {
    return this.#view.strokes === this.#ink.length && !this.#pad.drawing ? this.#view.selected : null;
  }

  /** Read what is on the pad now. */
  update(): void {
    const ink = collapseSpeck(this.#pad.ink, SMALLEST_SHAPE);
    this.#ink = ink;
    // Not `disabled`: a disabled button would lose the keyboard's focus.
    for (const name of ['undo', 'clear', 'predict']) find(name).setAttribute('aria-disabled', String(ink.length === 0));
    this.#pad.classList.toggle('empty', ink.length === 0);
    if (ink.length === 0) {
      this.#view.show(NOTHING_READ, []);
      return;
    }
    this.#view.markOutdated(ink.length);
    if (this.#reader.recognizer) this.#read(ink);
    else showNetworkView(find('network-view'), rasterizeInk(ink)); // unread ink counts as one digit
  }

  /** Read the same ink again, after the recognizer has learned. */
  readAgain(): void {
    if (this.#ink.length > 0 && this.#reader.recognizer) this.#read(this.#ink);
  }

  readonly #read = newestOnly(
    async (ink: Ink) => {
      const { recognizer } = this.#reader;
      try {
        return (await recognizer?.readInk(ink)) ?? null;
      } catch (error) {
        this.#reader.fail(error as Error, recognizer);
        return null;
      }
    },
    (reading, ink) => {
      if (reading === null) return; // the failure is reported
      // The reading of older ink is shown as a preview while the user draws; it is not the reading of the drawing.
      if (ink === this.#ink && !this.#pad.drawing) {
        this.#view.show(reading, ink);
        announce(this.#view.text);
      } else if (this.#ink.length > 0) this.#view.preview(reading, ink, Math.min(ink.length, this.#ink.length - 1));
    },
    (error) => this.#reader.fail(error as Error),
  );
}

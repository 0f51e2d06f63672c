import { collapseSpeck, type Ink, rasterizeInk } from '../../ink';
import { type DigitPad, SMALLEST_SHAPE } from '../../pad';
import { NOTHING_READ } from '../../reading';
import { newestOnly } from '../../recognizer';
import type { ReaderLife } from '../loading/readerLife';
import { showNetworkView } from '../reading/networkView';
import type { ReadingView, SelectedDigit } from '../reading/readingView';

/** The parts of the page that a drawing passes through. */
export interface DrawingParts {
  readonly pad: DigitPad;
  readonly reader: Pick<ReaderLife, 'recognizer' | 'fail'>;
  readonly view: ReadingView;
  readonly networkView: HTMLCanvasElement;
  /** The buttons that work only while there is ink. */
  readonly buttons: readonly HTMLButtonElement[];
  /** Tell a screen reader. */
  readonly announce: (text: string) => void;
}

/** Reads the ink on the pad whenever it changes, and shows the reading. */
export class Drawing {
  readonly #parts: DrawingParts;
  #ink: Ink = [];

  constructor(parts: DrawingParts) {
    this.#parts = parts;
  }

  /** The selected digit, if the reading shown is that of the ink on the pad. */
  get shown(): SelectedDigit | null {
    const { pad, view } = this.#parts;
    return view.strokes === this.#ink.length && !pad.drawing ? view.selected : null;
  }

  /** Read what is on the pad now. */
  update(): void {
    const { pad, buttons, view, reader, networkView } = this.#parts;
    const ink = collapseSpeck(pad.ink, SMALLEST_SHAPE);
    this.#ink = ink;
    // Not `disabled`: a disabled button would lose the keyboard's focus.
    for (const button of buttons) button.setAttribute('aria-disabled', String(ink.length === 0));
    pad.classList.toggle('empty', ink.length === 0);
    if (ink.length === 0) {
      view.show(NOTHING_READ, []);
      return;
    }
    view.markOutdated(ink.length);
    if (reader.recognizer) this.#read(ink);
    else showNetworkView(networkView, rasterizeInk(ink)); // unread ink counts as one digit
  }

  /** Read the same ink again, after the recognizer has learned. */
  readAgain(): void {
    if (this.#ink.length > 0 && this.#parts.reader.recognizer) this.#read(this.#ink);
  }

  readonly #read = newestOnly(
    async (ink: Ink) => {
      const { recognizer } = this.#parts.reader;
      try {
        return (await recognizer?.readInk(ink)) ?? null;
      } catch (error) {
        this.#parts.reader.fail(error as Error, recognizer);
        return null;
      }
    },
    (reading, ink) => {
      if (reading === null) return; // the failure is reported
      const { pad, view, announce } = this.#parts;
      // The reading of older ink is shown as a preview while the user draws; it is not the reading of the drawing.
      if (ink === this.#ink && !pad.drawing) {
        view.show(reading, ink);
        announce(view.text);
      } else if (this.#ink.length > 0) view.preview(reading, ink, Math.min(ink.length, this.#ink.length - 1));
    },
    (error) => this.#parts.reader.fail(error as Error),
  );
}

import { collapseSpeck, type Ink, rasterizeInk } from '../../ink';
import { type DigitPad, SMALLEST_SHAPE } from '../../pad';
import { NOTHING_READ } from '../../reading';
import { newestOnly } from '../../recognizer';
import { announce, find } from '../dom';
import type { ReaderLife } from '../loading/readerLife';
import { showNetworkView } from '../reading/networkView';
import type { ReadingView, SelectedDigit } from '../reading/readingView';

/** Read the ink on the pad whenever it changes, and show the reading. */
export function readDrawing(pad: DigitPad, reader: ReaderLife, view: ReadingView) {
  let current: Ink = [];
  const read = newestOnly(
    async (ink: Ink) => {
      const { recognizer } = reader;
      try {
        return (await recognizer?.readInk(ink)) ?? null;
      } catch (error) {
        reader.fail(error as Error, recognizer);
        return null;
      }
    },
    (reading, ink) => {
      if (reading === null) return; // the failure is reported
      // The reading of older ink is shown as a preview while the user draws; it is not the reading of the drawing.
      if (ink === current && !pad.drawing) {
        view.show(reading, ink);
        announce(view.text);
      } else if (current.length > 0) view.preview(reading, ink, Math.min(ink.length, current.length - 1));
    },
    (error) => reader.fail(error as Error),
  );
  const update = () => {
    current = collapseSpeck(pad.ink, SMALLEST_SHAPE);
    const empty = current.length === 0;
    // Not `disabled`: a disabled button would lose the keyboard's focus.
    for (const name of ['undo', 'clear', 'predict']) find(name).setAttribute('aria-disabled', String(empty));
    pad.classList.toggle('empty', empty);
    if (empty) return view.show(NOTHING_READ, []);
    view.markOutdated(current.length);
    if (reader.recognizer) read(current);
    else showNetworkView(find('network-view'), rasterizeInk(current)); // unread ink counts as one digit
  };
  pad.addEventListener('ink', update);
  return {
    /** The selected digit, if the reading shown is that of the ink on the pad. */
    get shown(): SelectedDigit | null {
      return view.strokes === current.length && !pad.drawing ? view.selected : null;
    },
    /** Read what is on the pad now. */
    update,
    /** Read the same ink again, after the recognizer has learned. */
    readAgain(): void {
      if (current.length > 0 && reader.recognizer) read(current);
    },
  };
}

import { collapseSpeck, type Ink } from '../../ink';
import { type DigitPad, SMALLEST_SHAPE } from '../../pad';
import { NOTHING_READ } from '../../reading';
import { newestOnly } from '../../recognizer';
import { announce } from '../dom';
import type { ReaderLife } from '../loading/readerLife';
import type { ReadingView } from '../reading/readingView';
import type { ShownDigit } from '../reading/shownDigits';

/** Read the ink on the pad whenever it changes, and show the reading. */
export function readDrawing(pad: DigitPad, reader: ReaderLife, view: ReadingView) {
  let current: Ink = [];
  let frame = 0;
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
        announce(view.sentence);
      } else if (current.length > 0) view.preview(reading, ink, Math.min(ink.length, current.length - 1));
    },
    (error) => reader.fail(error as Error),
  );
  const update = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    current = collapseSpeck(pad.ink, SMALLEST_SHAPE);
    document.body.classList.toggle('empty', current.length === 0);
    if (current.length === 0) return view.show(NOTHING_READ, []);
    document.body.classList.remove('fresh');
    view.markOutdated(current.length);
    if (reader.recognizer) read(current);
  };
  pad.addEventListener('ink', () => {
    // During a stroke once a frame is enough; its start and its end are read at once.
    if (!pad.drawing || pad.ink.length !== current.length) update();
    else if (frame === 0) frame = requestAnimationFrame(update);
  });
  return {
    /** The selected digit, if the reading shown is that of the ink on the pad. */
    get shown(): ShownDigit | null {
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

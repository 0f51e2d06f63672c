import type { DigitPadElement } from '../../api';
import { announce } from '../dom';
import type { ReaderLife } from '../loading/readerLife';
import type { ReadingView } from '../reading/readingView';
import type { ShownDigit } from '../reading/shownDigits';

/** Show what the pad reads. */
export function showReadings(pad: DigitPadElement, reader: ReaderLife, view: ReadingView) {
  pad.addEventListener('ink', () => {
    const strokes = Number(pad.dataset.strokes);
    document.body.classList.toggle('empty', strokes === 0);
    if (strokes === 0) return; // its reading follows at once
    document.body.classList.remove('fresh');
    view.markOutdated(strokes);
  });
  pad.addEventListener('reading', ({ detail: { reading, ink, final } }) => {
    // The reading of older ink is shown as a preview while the user draws; it is not the reading of the drawing.
    if (!final) return view.preview(reading, ink, Math.min(ink.length, Number(pad.dataset.strokes) - 1));
    view.show(reading, ink);
    if (ink.length > 0) announce(view.sentence);
  });
  pad.addEventListener('error', (event) => {
    event.preventDefault(); // the page says it itself
    reader.fail(event.error);
  });
  return {
    /** The selected digit, if the reading shown is that of the ink on the pad. */
    get shown(): ShownDigit | null {
      return view.strokes === Number(pad.dataset.strokes) && !pad.drawing ? view.selected : null;
    },
  };
}

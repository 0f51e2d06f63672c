import './style.css';
import { collapseSpeck, type Ink, rasterizeInk } from '../ink';
import { DigitPad, SMALLEST_SHAPE } from '../pad';
import { NOTHING_READ } from '../reading';
import { createRecognizer, newestOnly, type Recognizer } from '../recognizer';
import { showNetworkView } from './networkView';
import { keepForOffline } from './offline';
import { ReadingView } from './readingView';
import { StatusLine } from './statusLine';

/** The element with this `data-testid`; the names are the page's contract. */
function element<Kind extends HTMLElement>(testId: string): Kind {
  return document.querySelector(`[data-testid="${testId}"]`) as Kind;
}

function start(): void {
  customElements.define('digit-pad', DigitPad);
  const pad = element<DigitPad>('pad');
  const undo = element<HTMLButtonElement>('undo');
  const clear = element<HTMLButtonElement>('clear');
  const predict = element<HTMLButtonElement>('predict');
  const announcement = element('announcement');
  const networkView = element<HTMLCanvasElement>('network-view');
  const readingView = new ReadingView({
    prediction: element('prediction'),
    confidence: element('confidence'),
    explanation: element('explanation'),
    bars: element('bars'),
  });
  const status = new StatusLine(element('status'), () => void load());

  let recognizer: Recognizer | null = null;
  let newestInk: Ink = [];

  const read = newestOnly(
    async (ink: Ink) => (await recognizer?.readInk(ink)) ?? null,
    (reading, ink) => {
      if (reading === null) return; // the recognizer failed meanwhile, and has said so
      // A reading of ink that has changed since is worth a look while one draws, but is not the reading of what is there.
      if (ink === newestInk && !pad.drawing) {
        readingView.show(reading, ink.length);
        announce(readingView.text);
      } else if (newestInk.length > 0) readingView.preview(reading, Math.min(ink.length, newestInk.length) - 1);
    },
    (error) => fail(error as Error),
  );

  /** Tell a screen reader, once things have settled. */
  function announce(text: string): void {
    if (announcement.textContent !== text) announcement.textContent = text;
  }

  function onInk(): void {
    const ink = collapseSpeck(pad.ink, SMALLEST_SHAPE);
    newestInk = ink;
    // Not `disabled`: a button that is disabled under the keyboard's focus loses it.
    for (const button of [undo, clear, predict]) button.setAttribute('aria-disabled', String(ink.length === 0));
    pad.classList.toggle('empty', ink.length === 0);
    showNetworkView(networkView, rasterizeInk(ink));
    if (ink.length === 0) {
      readingView.show(NOTHING_READ, 0);
      return;
    }
    readingView.outdated(ink.length);
    if (recognizer) read(ink);
  }

  function fail(error: Error): void {
    recognizer?.dispose();
    recognizer = null;
    status.error(error.message);
    announce(error.message);
  }

  async function load(): Promise<void> {
    status.starting();
    try {
      recognizer = await createRecognizer({ onProgress: (progress) => status.loading(progress) });
    } catch (error) {
      fail(error as Error);
      return;
    }
    status.ready();
    announce('Ready to read.');
    onInk(); // what was drawn in the meantime
    // Only now, so that keeping the files for later does not fetch them a second time beside the reader.
    status.offline(await keepForOffline());
  }

  pad.addEventListener('ink', onInk);
  undo.addEventListener('click', () => pad.undo());
  clear.addEventListener('click', () => pad.clear());
  predict.addEventListener('click', onInk);
  document.addEventListener('keydown', (event) => {
    const withCommand = event.ctrlKey || event.metaKey;
    if (withCommand && event.key === 'z') pad.undo();
    else if (!withCommand && (event.key === 'Escape' || event.key === 'Delete')) pad.clear();
    else return;
    event.preventDefault();
  });

  onInk();
  void load();
}

start();

import './style.css';
import { collapseSpeck, type Ink, rasterizeInk } from '../ink';
import { DigitPad, paintInk, SMALLEST_SHAPE } from '../pad';
import { NOTHING_READ } from '../reading';
import { createRecognizer, newestOnly, type Recognizer } from '../recognizer';
import { carryInk, takeCarriedInk } from './carriedInk';
import { Comeback } from './comeback';
import { showNetworkView } from './networkView';
import { OfflineCopy } from './offline';
import { takePictures } from './pictures/intake';
import { ReadingView } from './readingView';
import { setText } from './setText';
import { StatusLine } from './statusLine';
import { mendStyleSheet } from './styleSheet';
import type { Teaching } from './teaching';

/** A version that the server gives in part only is asked for again, ever more rarely, up to once an hour. */
const HOUR_MS = 3_600_000;

/**
 * The element with this `data-testid`; the names are the page's contract.
 *
 * @throws Error where the page came without it.
 */
function element<Kind extends HTMLElement>(testId: string): Kind {
  const found = document.querySelector<Kind>(`[data-testid="${testId}"]`);
  if (found === null) throw new Error(`The page has no ${testId}.`);
  return found;
}

function start(): void {
  customElements.define('digit-pad', DigitPad);
  const pad = element<DigitPad>('pad');
  const undo = element<HTMLButtonElement>('undo');
  const clear = element<HTMLButtonElement>('clear');
  const predict = element<HTMLButtonElement>('predict');
  const announcement = element('announcement');
  const networkView = element<HTMLCanvasElement>('network-view');
  let teaching: Promise<Teaching> | null = null;
  const readingView = new ReadingView(
    {
      prediction: element('prediction'),
      confidence: element('confidence'),
      explanation: element('explanation'),
      bars: element('bars'),
      remove: element('delete-digit'),
    },
    {
      onSelect: (selected, { digits }) => {
        showNetworkView(networkView, rasterizeInk(selected?.ink ?? []));
        pad.mark(digits.length > 1 ? digits.map(({ box }) => box) : [], selected?.index ?? 0);
        void teaching?.then((teaching) => teaching.update());
      },
      onRemove: ({ digit, rest }) => pad.removeStrokes(digit.strokes ?? [], rest),
    },
  );
  const status = new StatusLine(element('status'), () => retry());
  const reading = new Comeback();
  const keeping = new Comeback(HOUR_MS);
  const offlineCopy = new OfflineCopy({
    onNewer: (use) => {
      status.newer(use);
      announce('A newer version is ready.');
    },
    onReplaced: loadAgain,
  });

  let recognizer: Recognizer | null = null;
  /** What waits for the recognizer. */
  const waiting: ((ready: Recognizer) => void)[] = [];
  let newestInk: Ink = [];
  /** What Retry does. */
  let retry = () => {};

  const read = newestOnly(
    async (ink: Ink) => (await recognizer?.readInk(ink)) ?? null,
    (reading, ink) => {
      if (reading === null) return; // the recognizer failed meanwhile, and has said so
      // A reading of ink that has changed since is worth a look while one draws, but is not the reading of what is there.
      if (ink === newestInk && !pad.drawing) {
        readingView.show(reading, ink);
        announce(readingView.text);
      } else if (newestInk.length > 0) readingView.preview(reading, ink, Math.min(ink.length, newestInk.length) - 1);
    },
    (error) => recognizer && fail(error as Error), // one that was given up has had its sentence
  );

  /** Load what lets one say what a digit really was; the page reads without it. */
  async function teach(): Promise<void> {
    if (recognizer === null) return;
    teaching ??= import('./teaching').then(({ Teaching }) => {
      const readAgain = () => newestInk.length > 0 && recognizer && read(newestInk);
      const [bars, row] = [element('bars'), element('teaching')];
      const shown = () => (readingView.strokes === newestInk.length && !pad.drawing ? readingView.selected : null);
      return new Teaching({ bars, row, shown, readAgain, paintInk, showNetworkView, announce });
    });
    try {
      await (await teaching).attach(recognizer);
    } catch {
      teaching = null; // it can't be reached: the next touch of the page tries again
    }
  }

  /** Tell a screen reader, once things have settled. */
  function announce(text: string): void {
    setText(announcement, text);
  }

  function onInk(): void {
    const ink = collapseSpeck(pad.ink, SMALLEST_SHAPE);
    newestInk = ink;
    // Not `disabled`: a button that is disabled under the keyboard's focus loses it.
    for (const button of [undo, clear, predict]) button.setAttribute('aria-disabled', String(ink.length === 0));
    pad.classList.toggle('empty', ink.length === 0);
    if (ink.length === 0) {
      readingView.show(NOTHING_READ, []);
      return;
    }
    readingView.outdated(ink.length);
    if (recognizer) read(ink);
    else showNetworkView(networkView, rasterizeInk(ink)); // before it is read, all of it is one drawing
  }

  function fail(error: Error): void {
    recognizer?.dispose();
    recognizer = null;
    const sentence = FORESEEN.includes(error.name)
      ? error.message
      : `The page failed (${error.message}); load it again.`;
    status.error(sentence);
    announce(sentence);
    retry = () => void load();
  }

  /** A file of the reader has not come: say so until it is time to go on. */
  function trouble(error: Error): Promise<void> {
    fail(error);
    return new Promise((resolve) => {
      retry = () => {
        reading.cancel();
        status.starting();
        resolve();
      };
      // What the server gives damaged, it gives damaged again: that waits for the user.
      if (error.name !== 'LoadError') reading.later(resolve);
    });
  }

  async function load(): Promise<void> {
    status.starting();
    try {
      recognizer = await createRecognizer({ onProgress: (progress) => status.loading(progress), onTrouble: trouble });
    } catch (error) {
      fail(error as Error);
      return;
    }
    reading.cancel();
    for (const go of waiting.splice(0)) go(recognizer);
    status.ready();
    announce('Ready to read.');
    onInk(); // what was drawn in the meantime
    // Only now, so that keeping the files for later does not fetch them a second time beside the reader.
    void keep();
    if (teaching) void teach(); // a new recognizer is to learn what the one before had learnt
  }

  async function keep(): Promise<void> {
    const { whyNot, later, alteredScript } = await offlineCopy.keep();
    if (whyNot === null) await teach(); // from the copy: nothing is asked of the server any more
    status.offline(whyNot);
    if (later) keeping.later(() => void keep());
    else keeping.cancel();
    if (alteredScript !== undefined && runs(alteredScript)) {
      fail(new AlteredError());
      retry = loadAgain;
    }
  }

  /** Whether this page runs the script at `address`, here or in the reader's worker. */
  function runs(address: string): boolean {
    return performance.getEntriesByName(address).length > 0 || recognizer?.backend === 'cpu';
  }

  /** Load the page again with its ink, between two strokes. */
  function loadAgain(): void {
    if (!pad.drawing && carryInk(pad.ink)) location.reload();
    else pad.addEventListener('ink', loadAgain, { once: true });
  }

  pad.addEventListener('ink', onInk);
  for (const touch of ['pointerdown', 'keydown']) document.addEventListener(touch, () => void (teaching ?? teach()));
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

  // As a last resort, what nothing else has caught. (A ResizeObserver's warning comes without an error.)
  addEventListener('error', ({ error, filename }) => {
    if (error instanceof Error && filename.startsWith(new URL('.', document.baseURI).href)) fail(error);
  });

  takePictures([element<HTMLInputElement>('upload'), element<HTMLInputElement>('camera')], element('pictures'), {
    recognizer: async () => recognizer ?? new Promise((go) => waiting.push(go)),
    onFailure: (error) => {
      fail(error);
      void load(); // the pictures that follow are to be read
    },
    announce,
  });
  pad.restore(takeCarriedInk());
  mendStyleSheet();
  void load();
}

/** The errors whose message is a sentence for the user. */
const FORESEEN = ['LoadError', 'ConnectionError', 'StartError', 'StoppedError', 'AlteredError'];

/** A script that runs is not the one that was built: what it reads can't be trusted. */
class AlteredError extends Error {
  override readonly name = 'AlteredError';

  constructor() {
    super("The page's program was altered on its way, so it reads no more; load the page again.");
  }
}

try {
  start();
  document.querySelector('.not-started')?.remove();
} catch (error) {
  console.error(error);
  const sentence = document.createElement('p');
  sentence.setAttribute('role', 'alert');
  sentence.textContent = 'The page did not come whole; check the connection and load it again.';
  document.body.append(sentence);
}

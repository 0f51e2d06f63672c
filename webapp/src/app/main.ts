import './page.css';
import { rasterizeInk } from '../ink';
import { DigitPad } from '../pad';
import { createRecognizer } from '../recognizer';
import { find, make, setText } from './dom';
import { reloadWithInk, takeCarriedInk } from './drawing/carriedInk';
import { Drawing } from './drawing/drawing';
import { onKeys } from './keys';
import { ReaderLife } from './loading/readerLife';
import { refetchStyleSheet } from './loading/refetchStyleSheet';
import { RetryLater } from './loading/retryLater';
import { StatusLine } from './loading/statusLine';
import { OfflineCopy } from './offline/offlineCopy';
import { acceptPictures } from './pictures/acceptPictures';
import { showNetworkView } from './reading/networkView';
import { ReadingView } from './reading/readingView';
import { LazyTeaching } from './teaching/lazyTeaching';
import './lastRule.css';

const HOUR_MS = 3_600_000;

function start(): void {
  customElements.define('digit-pad', DigitPad);
  const pad = find<DigitPad>('pad');
  const buttons = ['undo', 'clear', 'predict'].map((testId) => find<HTMLButtonElement>(testId));
  const [undo, clear, predict] = buttons as [HTMLButtonElement, HTMLButtonElement, HTMLButtonElement];
  const networkView = find<HTMLCanvasElement>('network-view');
  const announcement = find('announcement');
  const announce = (text: string) => setText(announcement, text);
  const reloadPage = () => reloadWithInk(pad);

  const status = new StatusLine(find('status'), () => reader.retry());
  const offlineCopy = new OfflineCopy({
    onNewer: (use) => {
      status.offerNewer(use);
      announce('A newer version is ready.');
    },
    onReplaced: reloadPage,
  });
  const reader = new ReaderLife({
    createRecognizer,
    loadLater: new RetryLater(),
    keepLater: new RetryLater(HOUR_MS),
    keep: () => offlineCopy.keep(),
    runs: (script) => performance.getEntriesByName(script).length > 0 || reader.recognizer?.backend === 'cpu',
    reloadPage,
    onState: (state) => {
      status.show(state);
      if (state.name === 'failed') announce(state.sentence);
      if (state.name !== 'ready') return;
      announce('Ready to read.');
      drawing.update(); // the user may have drawn in the meantime
      teaching.attach();
    },
    onKept: async ({ whyNot }) => {
      if (whyNot === null) await teaching.load(); // from the stored copy, without a request to the server
      status.showOffline(whyNot);
    },
  });
  const teaching = new LazyTeaching(reader, {
    bars: find('bars'),
    row: find('teaching'),
    shown: () => drawing.shown,
    readAgain: () => drawing.readAgain(),
    announce,
  });
  const view = new ReadingView(
    {
      prediction: find('prediction'),
      confidence: find('confidence'),
      explanation: find('explanation'),
      bars: find('bars'),
      remove: find('delete-digit'),
    },
    {
      onSelect: (selected, { digits }) => {
        showNetworkView(networkView, rasterizeInk(selected?.ink ?? []));
        pad.mark(digits.length > 1 ? digits.map(({ box }) => box) : [], selected?.index ?? 0);
        teaching.update();
      },
      onRemove: ({ digit, rest }) => pad.removeStrokes(digit.strokes ?? [], rest),
    },
  );
  const drawing = new Drawing({ pad, reader, view, networkView, buttons, announce });

  pad.addEventListener('ink', () => drawing.update());
  undo.addEventListener('click', () => pad.undo());
  clear.addEventListener('click', () => pad.clear());
  predict.addEventListener('click', () => drawing.update());
  onKeys('page', document, {
    undo: () => pad.undo(),
    clear: () => pad.clear(),
    say: (key) => teaching.say(Number(key)),
  });
  for (const touch of ['pointerdown', 'keydown']) document.addEventListener(touch, () => teaching.loadOnce());
  acceptPictures([find<HTMLInputElement>('upload'), find<HTMLInputElement>('camera')], find('pictures'), {
    recognizer: () => reader.whenReady(),
    onFailure: (error, recognizer) => {
      reader.fail(error, recognizer);
      void reader.load(); // for the next pictures
    },
    onPick: (digit) => teaching.ask(digit),
    announce,
  });
  // Report errors that nothing else caught. (The warning of a ResizeObserver has no `error`.)
  addEventListener('error', ({ error, filename }) => {
    if (error instanceof Error && filename.startsWith(new URL('.', document.baseURI).href)) reader.fail(error);
  });
  pad.restore(takeCarriedInk());
  refetchStyleSheet();
  void reader.load();
}

try {
  start();
  document.querySelector('.not-started')?.remove();
} catch (error) {
  console.error(error);
  const sentence = make('p', '', 'The page did not come whole; check the connection and load it again.');
  sentence.setAttribute('role', 'alert');
  document.body.append(sentence);
}

import './page.css';
import { rasterizeInk } from '../ink';
import { DigitPad } from '../pad';
import { createRecognizer } from '../recognizer';
import { announce, find, make } from './dom';
import { readDrawing } from './drawing/drawing';
import { openSheet, reloadWithSheet } from './drawing/keptSheet';
import { onKeys } from './keys';
import { ReaderLife } from './loading/readerLife';
import { refetchStyleSheet } from './loading/refetchStyleSheet';
import { RetryLater } from './loading/retryLater';
import { StatusLine } from './loading/statusLine';
import { OfflineCopy } from './offline/offlineCopy';
import { acceptPictures } from './pictures/acceptPictures';
import { showNetworkView } from './reading/networkView';
import { ReadingView } from './reading/readingView';
import { lazyTeaching } from './teaching/lazyTeaching';
import { text } from './texts/text';
import './lastRule.css';

const HOUR_MS = 3_600_000;

function start(): void {
  find('announcement'); // the last element: throws if the page was cut short
  customElements.define('digit-pad', DigitPad);
  const pad = find<DigitPad>('pad');
  pad.label = text.page.pad;
  const reloadPage = () => void reloadWithSheet(pad);
  const status = new StatusLine(() => reader.retry());
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
      if (teaching.wanted) void teaching.load(); // the new recognizer learns what the last one knew
    },
    onKept: async ({ whyNot }) => {
      if (whyNot === null) await teaching.load(); // from the stored copy, without a request to the server
      status.showOffline(whyNot);
    },
  });
  const teaching = lazyTeaching(reader, { shown: () => drawing.shown, readAgain: () => drawing.readAgain() });
  const view = new ReadingView({
    onSelect: (selected) => {
      showNetworkView(find('network-view'), rasterizeInk(selected?.ink ?? []));
      teaching.use((part) => part.update());
    },
    onRemove: ({ digit, rest }) => pad.removeStrokes(digit.strokes ?? [], rest),
  });
  const drawing = readDrawing(pad, reader, view);

  find('undo').addEventListener('click', () => pad.undo());
  find('clear').addEventListener('click', () => pad.clear());
  find('predict').addEventListener('click', () => drawing.update());
  onKeys('page', document, {
    undo: () => pad.undo(),
    clear: () => pad.clear(),
    say: (key) => teaching.use((part) => part.say(Number(key))),
  });
  for (const touch of ['pointerdown', 'keydown']) {
    document.addEventListener(touch, () => teaching.wanted || void teaching.load());
  }
  acceptPictures({
    recognizer: () => reader.whenReady(),
    onFailure: (error, recognizer) => {
      reader.fail(error, recognizer);
      void reader.load(); // for the next pictures
    },
    onPick: (digit) => teaching.use((part) => part.ask(digit)),
  });
  // Report errors that nothing else caught. (The warning of a ResizeObserver has no `error`.)
  addEventListener('error', ({ error, filename }) => {
    if (error instanceof Error && filename.startsWith(new URL('.', document.baseURI).href)) reader.fail(error);
  });
  void openSheet(pad);
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

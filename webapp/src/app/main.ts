import './page.css';
import './controls.css';
import './drawing/sheet.css';
import './loading/status.css';
import './drawer.css';
import '../api/eager';
import { createRecognizer, DigitPadElement } from '../api';
import { announce, find, make, setText } from './dom';
import { Drawer } from './drawer';
import { showReadings } from './drawing/drawing';
import { keepSheet } from './drawing/lazySheet';
import { onKeys } from './keys';
import { ReaderLife } from './loading/readerLife';
import { refetchStyleSheet } from './loading/refetchStyleSheet';
import { RetryLater } from './loading/retryLater';
import { StatusLine } from './loading/statusLine';
import { openMenuBy } from './menu';
import { OfflineCopy } from './offline/offlineCopy';
import { acceptPictures } from './pictures/acceptPictures';
import { ReadingView } from './reading/readingView';
import { Said } from './reading/said';
import { lazyTeaching } from './teaching/lazyTeaching';
import { loadTexts, text } from './texts/text';
import { translatePage } from './texts/translatePage';
import { hideToast, toast } from './toast';
import './lastRule.css';

const HOUR_MS = 3_600_000;

async function start(): Promise<void> {
  find('announcement'); // the last element: throws if the page was cut short
  await loadTexts();
  translatePage();
  customElements.define('digit-pad', DigitPadElement);
  const pad = find<DigitPadElement>('pad');
  const said = new Said();
  pad.label = text.page.pad;
  const sheet = keepSheet(pad);
  const reloadPage = () => sheet.reload();
  const status = new StatusLine(() => reader.retry());
  const offlineCopy = new OfflineCopy({
    onNewer: (use) => {
      status.offerNewer(use);
      announce(text.page.newer);
    },
    onReplaced: reloadPage,
  });
  const reader = new ReaderLife({
    createRecognizer,
    loadLater: new RetryLater(),
    keepLater: new RetryLater(HOUR_MS),
    keep: () => offlineCopy.keep(),
    runs: (script) => performance.getEntriesByName(script).length > 0,
    reloadPage,
    onState: (state) => {
      status.show(state);
      if (state.name === 'failed') {
        announce(state.sentence);
        pad.recognizer = reader.whenReady(); // what is drawn in the meantime is read then
      }
      if (state.name !== 'ready') return;
      pad.recognizer = state.recognizer;
      announce(text.page.ready);
      if (teaching.wanted) void teaching.load(); // the new recognizer learns what the last one knew
    },
    onKept: async ({ whyNot }) => {
      if (whyNot === null) await teaching.load(); // from the stored copy, without a request to the server
      status.showOffline(whyNot);
    },
  });
  const teaching = lazyTeaching(reader, {
    said,
    toast,
    remove: ({ digit, rest }) => pad.removeStrokes(digit.strokes ?? [], rest),
    readAgain: () => {
      view.update();
      pad.readAgain();
    },
    onCount: (count) => {
      find('learning').textContent = text.page.learnt(count);
    },
  });
  const drawer = new Drawer(reader);
  const view = new ReadingView({
    said,
    place: (box) => pad.place(box),
    sheetSize: () => ({ width: pad.clientWidth, height: pad.clientHeight }),
    onSelect: (selected) => drawer.show(selected),
    onPreview: (digit) => {
      if (drawer.isOpen) drawer.show(digit);
    },
    onCorrect: (digit, anchor) => teaching.use((part) => part.ask(digit, anchor)),
    onAnswer: (digit, label) => teaching.use((part) => part.say(digit, label)),
    onRemove: ({ digit, rest, label }) => {
      pad.removeStrokes(digit.strokes ?? [], rest);
      announce(text.page.removed(String(label ?? text.page.unknown)));
    },
  });
  const drawing = showReadings(pad, reader, view);
  pad.recognizer = reader.whenReady();

  const showTools = () => {
    const usable = { undo: pad.canUndo, redo: pad.canRedo, clear: pad.ink.length > 0 };
    // Not `disabled`: a disabled button would lose the keyboard's focus.
    for (const [name, use] of Object.entries(usable)) find(name).setAttribute('aria-disabled', String(!use));
  };
  pad.addEventListener('ink', () => {
    if (!pad.drawing) showTools();
    else hideToast();
  });
  pad.addEventListener('view', () => view.placeLabels());
  showTools();
  const undo = () => pad.undo();
  const clear = () => {
    if (pad.ink.length === 0) return;
    pad.clear();
    toast(text.page.cleared, undo);
  };
  find('undo').addEventListener('click', undo);
  find('redo').addEventListener('click', () => pad.redo());
  find('clear').addEventListener('click', clear);
  find('copy').addEventListener('click', () => void copy(find('prediction').textContent));
  onKeys('page', document, {
    undo,
    redo: () => pad.redo(),
    say: (digit) => {
      const { shown } = drawing;
      if (shown) teaching.use((part) => part.say(shown, digit));
    },
  });
  openMenuBy({
    predict: () => pad.readAgain(),
    how: () => drawer.toggle(),
    learning: () => teaching.use((part) => part.openPanel()),
    about: () => void import('./inside/about').then(({ openAbout }) => openAbout()),
    restart: reloadPage,
  });
  for (const touch of ['pointerdown', 'keydown']) {
    document.addEventListener(touch, () => teaching.wanted || void teaching.load());
  }
  const { openPictures } = acceptPictures({
    recognizer: () => reader.whenReady(),
    onFailure: (error, recognizer) => {
      reader.fail(error, recognizer);
      void reader.load(); // for the next pictures
    },
    onPick: (digit, anchor, onUndo) =>
      new Promise((resolve) => teaching.use((part) => part.askPicture(digit, anchor, onUndo).then(resolve))),
    onCount: (count) => {
      const button = find('open-pictures');
      button.hidden = count === 0;
      setText(button, String(count));
      button.setAttribute('aria-label', text.pictures.results(count));
    },
    onTrouble: toast,
  });
  find('open-pictures').addEventListener('click', openPictures);
  // Report errors that nothing else caught, in what draws and reads; a later part that fails leaves that going. (The
  // warning of a ResizeObserver has no `error`.)
  const first = document.querySelectorAll<HTMLScriptElement & HTMLLinkElement>('script[src],link[rel=modulepreload]');
  const program = [...first].map(({ src, href }) => src || href);
  addEventListener('error', ({ error, filename }) => {
    if (error instanceof Error && program.includes(filename)) reader.fail(error);
  });
  refetchStyleSheet();
  // The reader is about to ask for it: where the first frame is late, fetchAfterPaint.ts would ask after it, in vain.
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=later]')) {
    Object.assign(link, { as: 'fetch', crossOrigin: '', rel: 'preload' });
  }
  void reader.load();
}

/** Copy what was read. */
async function copy(number: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(number);
    toast(text.page.copied);
  } catch {
    toast(text.page.notCopied);
  }
}

start().then(
  () => document.querySelector('.not-started')?.remove(),
  (error) => {
    console.error(error);
    const sentence = make('p', '', text.loading.notWhole);
    sentence.setAttribute('role', 'alert');
    document.body.append(sentence);
  },
);

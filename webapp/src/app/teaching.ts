/** Saying what a digit really was, and what is learnt from it: a chunk of its own, fetched once the page can read. */
import './teaching.css';
import { modelVersion } from 'virtual:site-files';
import type { Ink } from '../ink';
import { type BookChange, type Correction, CorrectionBook, newId, roundInk } from '../learning';
import type { PaintInk } from '../pad';
import type { DigitReading } from '../reading';
import type { Recognizer } from '../recognizer';
import { askDigit, type ShowNetworkView } from './askDigit';
import { LearningPanel } from './learningPanel';
import { makeButton } from './makeButton';
import { PICTURE_DIGIT, type PictureDigit } from './pictureDigit';

/** The digit that the bar chart is about. */
export interface ShownDigit {
  readonly digit: DigitReading;
  /** Its ink alone, in pad units; or else 784 pixels, 0 to 1. */
  readonly ink?: Ink;
  readonly pixels?: Float32Array;
}

/** What the page does for teaching. */
export interface TeachingPage {
  readonly bars: HTMLElement;
  /** Where the buttons go. */
  readonly row: HTMLElement;
  /** The digit whose reading is shown and up to date; null with none. */
  readonly shown: () => ShownDigit | null;
  /** Read what is there again. */
  readonly readAgain: () => void;
  /** Paints ink onto a canvas. */
  readonly paintInk: PaintInk;
  readonly showNetworkView: ShowNetworkView;
  /** Tell a screen reader. */
  readonly announce: (text: string) => void;
}

const NAME = `digitpad-corrections:${new URL('.', document.baseURI).pathname}`;

/** What was noted last: another tap for the same ink changes it, Undo takes it back. */
interface Noted {
  readonly correction: Correction;
  /** What it had been read as, before anything was learnt from it. */
  readonly readAs: number | null;
  /** Tells the drawing from others; null for a digit of a picture. */
  readonly source: string | null;
  /** The drawing that stood on the pad when it was noted: while it does, the note stays. */
  readonly beside: string | null;
}

/** Turns taps, keys and buttons into corrections, keeps them, and lets the recognizer learn from them. */
export class Teaching {
  readonly #page: TeachingPage;
  readonly #book: Promise<CorrectionBook>;
  readonly #choices: HTMLButtonElement[];
  readonly #wrong = makeButton('Wrong?', 'correct', () => this.#ask());
  readonly #notADigit = makeButton('Not a digit', 'not-a-digit', () => this.#say(null));
  readonly #undo = makeButton('Undo', 'undo-correction', () => void this.#takeBack());
  readonly #open = makeButton('', 'learning', () => void this.#openPanel());
  readonly #said = document.createElement('span');
  #recognizer: Recognizer | null = null;
  #panel: LearningPanel | null = null;
  #noted: Noted | null = null;
  /** How many examples it has learnt from. */
  #count = 0;
  /** Learning goes on one change at a time. */
  #learning: Promise<void> = Promise.resolve();

  constructor(page: TeachingPage) {
    this.#page = page;
    this.#choices = [...page.bars.children].map((bar, digit) => {
      const choice = makeButton('', `correct-${digit}`, () => this.#say(digit), 'choice');
      choice.setAttribute('aria-label', `It is ${named(digit)}`);
      bar.append(choice);
      return choice;
    });
    this.#said.className = 'said-to-be';
    page.row.append(this.#wrong, this.#said, this.#notADigit, this.#undo, this.#open);
    document.addEventListener('keydown', (event) => this.#onKey(event));
    document.addEventListener(PICTURE_DIGIT, (event) => this.#askPicture((event as CustomEvent<PictureDigit>).detail));
    this.#book = CorrectionBook.open(NAME, (change) => this.#onChange(change));
    this.#show();
  }

  /** A recognizer is ready, the first or one in the place of another that has ended: it is to know all. */
  async attach(recognizer: Recognizer): Promise<void> {
    if (recognizer === this.#recognizer) return;
    this.#recognizer = recognizer;
    const book = await this.#book;
    if (book.all.length > 0) this.#learn({ add: book.all, forget: [] }, book);
    else {
      this.#count = 0; // it reads as it came: what is on the pad need not be read again
      this.#show();
    }
  }

  /** Another reading is shown, or none. */
  update(): void {
    const shown = this.#page.shown();
    if (shown !== null && this.#noted?.beside === sourceOf(shown)) {
      // Read again with what was learnt, and still as something else: one drawing alone may have been a mistap.
      const { source, correction } = this.#noted;
      const { label } = correction;
      if (source !== null && shown.digit.digit !== label) this.#tell(`Noted: ${named(label)}. Show it one more.`);
      return;
    }
    this.#noted = null;
    this.#page.bars.classList.remove('asked');
    this.#show();
  }

  #ask(): void {
    if (this.#page.shown() === null) return;
    this.#page.bars.classList.add('asked');
    this.#tell('Tap its bar.');
    this.#show();
    this.#choices[0]?.focus();
  }

  #onKey(event: KeyboardEvent): void {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || document.querySelector('dialog[open]'))
      return;
    if (target instanceof HTMLInputElement && target.type !== 'file') return;
    if (/^[0-9]$/.test(key)) this.#say(Number(key));
  }

  #say(label: number | null): void {
    const shown = this.#page.shown();
    if (shown === null) return;
    const source = sourceOf(shown);
    const before = this.#noted?.source === source ? this.#noted : null;
    const readAs = before ? before.readAs : shown.digit.digit;
    const kind = label === readAs ? 'confirmation' : 'correction';
    const correction: Correction = { ...(before?.correction ?? fresh(shown)), label, kind };
    this.#noted = { correction, readAs, source, beside: source };
    this.#page.bars.classList.remove('asked');
    void this.#book.then((book) => book.put([correction]));
    this.#tell(`Noted: ${named(label)}.`);
    this.#show();
  }

  /** Ask what a digit of a picture is. */
  #askPicture(picture: PictureDigit): void {
    askDigit(picture, this.#page.showNetworkView, (label) => {
      const kind = label === picture.digit ? 'confirmation' : 'correction';
      const correction: Correction = { ...fresh(picture), label, kind };
      const shown = this.#page.shown();
      this.#noted = { correction, readAs: picture.digit, source: null, beside: shown && sourceOf(shown) };
      void this.#book.then((book) => book.put([correction]));
      this.#tell(`Noted: ${named(label)}.`);
      this.#show();
    });
  }

  async #takeBack(): Promise<void> {
    if (this.#noted === null) return;
    const { correction } = this.#noted;
    this.#noted = null;
    this.#show();
    this.#wrong.focus(); // Undo goes, and is not to take the focus with it
    await (await this.#book).forget([correction.id]);
    this.#tell('Taken back.');
    this.#show();
  }

  #onChange(change: BookChange): void {
    void this.#book.then((book) => {
      if (this.#noted && change.forget.includes(this.#noted.correction.id)) this.#noted = null;
      this.#learn(change, book);
      this.#show();
      this.#panel?.update();
    });
  }

  /** Let the recognizer learn from a change, and read again with what it has learnt. */
  #learn(change: BookChange, book: CorrectionBook): void {
    const recognizer = this.#recognizer;
    this.#learning = this.#learning
      .then(async () => {
        await recognizer?.useLearnt(book.useMine);
        if (change.add.length + change.forget.length > 0) await recognizer?.learn(change);
        this.#count = book.all.length;
        this.#show();
        if (recognizer === this.#recognizer) this.#page.readAgain();
      })
      .catch((error: Error) => this.#tell(error.message));
  }

  async #openPanel(): Promise<void> {
    const book = await this.#book;
    const validate = async () => {
      await this.#learning;
      return (await this.#recognizer?.validateLearning()) ?? null;
    };
    this.#panel ??= new LearningPanel(book, validate, this.#page.paintInk);
    this.#panel.open();
  }

  #tell(text: string): void {
    this.#said.textContent = text;
    this.#page.announce(text);
  }

  #show(): void {
    const shown = this.#page.shown();
    const noted = this.#noted !== null;
    const asked = this.#page.bars.classList.contains('asked');
    for (const choice of [...this.#choices, this.#wrong, this.#notADigit]) {
      choice.setAttribute('aria-disabled', String(shown === null));
    }
    this.#wrong.hidden = noted || asked;
    this.#notADigit.hidden = noted;
    this.#undo.hidden = !noted;
    if (!noted && !asked) this.#said.textContent = '';
    this.#said.hidden = this.#said.textContent === '';
    void this.#book.then((book) => {
      const own = book.useMine ? '' : ', off';
      this.#open.textContent = `Learnt: ${this.#count}${own}`;
      this.#open.title = 'What it has learnt from you';
      this.#open.classList.toggle('not-kept', book.whyNotKept !== null && this.#count > 0);
    });
  }
}

/** "a 7", "an 8". */
function named(digit: number | null): string {
  if (digit === null) return 'no digit';
  return `${digit === 8 ? 'an' : 'a'} ${digit}`;
}

/** What is kept of a digit, but for what it is. */
function fresh({ ink, pixels }: Pick<ShownDigit, 'ink' | 'pixels'>): Omit<Correction, 'label' | 'kind'> {
  const time = Date.now();
  const common = { id: newId(time), model: modelVersion, time };
  if (ink) return { ...common, ink: roundInk(ink) };
  return { ...common, pixels: Array.from(pixels ?? [], (level) => Math.round(level * 255)) };
}

function sourceOf({ ink, pixels }: ShownDigit): string {
  return JSON.stringify(ink ?? Array.from(pixels ?? []));
}

/** Lets the user say what a digit really was, and the recognizer learn from it. */
import './teaching.css';
import { modelVersion } from 'virtual:site-files';
import { html, render } from 'lit-html';
import { type BookChange, type Correction, CorrectionBook, newId, roundInk } from '../../learning';
import type { Recognizer } from '../../recognizer';
import { announce, find } from '../dom';
import type { PickedDigit } from '../pictures/cards';
import type { SelectedDigit } from '../reading/readingView';
import { askDigit } from './askDigit';
import { LearningPanel } from './learningPanel';

/** What the page does for teaching. */
export interface TeachingPage {
  /** The digit that is shown, if its reading is up to date. */
  readonly shown: () => SelectedDigit | null;
  readonly readAgain: () => void;
}

const NAME = `digitpad-corrections:${new URL('.', document.baseURI).pathname}`;

/** The newest correction. Another answer for the same ink replaces it; Undo takes it back. */
interface Noted {
  readonly correction: Correction;
  /** What the digit was read as before anything was learned from it. */
  readonly readAs: number | null;
  /** Identifies the drawing that it is about; null for a digit of a picture. */
  readonly source: string | null;
  /** Identifies the drawing that was on the pad. The note is shown until another one is. */
  readonly beside: string | null;
}

/** Turns answers into corrections, stores them, and lets the recognizer learn from them. */
export class Teaching {
  readonly #page: TeachingPage;
  readonly #bars = find('bars');
  readonly #row = find('teaching');
  readonly #book: CorrectionBook;
  #recognizer: Recognizer | null = null;
  #panel: LearningPanel | null = null;
  #noted: Noted | null = null;
  /** Whether the user was asked to tap a bar. */
  #asked = false;
  #message = '';
  /** How many examples the recognizer learned from. */
  #count = 0;
  /** The changes are learned one after the other. */
  #learning: Promise<void> = Promise.resolve();

  private constructor(page: TeachingPage, book: CorrectionBook) {
    this.#page = page;
    this.#book = book;
    this.#show();
  }

  /** Load the corrections that this browser has stored, and show the buttons. */
  static async open(page: TeachingPage): Promise<Teaching> {
    const book = await CorrectionBook.open(NAME, (change) => teaching.#onChange(change));
    const teaching = new Teaching(page, book);
    return teaching;
  }

  /** Let a recognizer learn everything; it may replace one that failed. */
  attach(recognizer: Recognizer): void {
    if (recognizer === this.#recognizer) return;
    this.#recognizer = recognizer;
    const { all } = this.#book;
    if (all.length > 0) this.#learn({ add: all, forget: [] });
    else {
      this.#count = 0; // it learned nothing, so the drawing need not be read again
      this.#show();
    }
  }

  /** Another reading is shown, or none. */
  update(): void {
    const shown = this.#page.shown();
    if (shown === null || this.#noted?.beside !== sourceOf(shown)) {
      this.#noted = null;
      this.#asked = false;
    } else if (this.#noted.source !== null && shown.digit.digit !== this.#noted.correction.label) {
      // After learning, it is still read differently: a single example may have been a wrong tap.
      this.#tell(`Noted: ${named(this.#noted.correction.label)}. Show it one more.`);
    }
    this.#show();
  }

  /** The drawing is the digit `label`, or no digit if null. */
  say(label: number | null): void {
    const shown = this.#page.shown();
    if (shown === null) return;
    const source = sourceOf(shown);
    const earlier = this.#noted?.source === source ? this.#noted : null;
    const readAs = earlier ? earlier.readAs : shown.digit.digit;
    const example = earlier?.correction ?? describe({ ink: roundInk(shown.ink) });
    this.#note({ readAs, source, beside: source }, label, example);
  }

  /** Ask what a digit of a picture is. */
  ask({ digit, pixels }: PickedDigit): void {
    askDigit({ digit, pixels }, (label) => {
      const shown = this.#page.shown();
      const example = describe({ pixels: Array.from(pixels, (level) => Math.round(level * 255)) });
      this.#note({ readAs: digit, source: null, beside: shown && sourceOf(shown) }, label, example);
    });
  }

  #note(about: Omit<Noted, 'correction'>, label: number | null, example: Omit<Correction, 'label' | 'kind'>): void {
    const kind = label === about.readAs ? 'confirmation' : 'correction';
    const correction: Correction = { ...example, label, kind };
    this.#noted = { ...about, correction };
    this.#asked = false;
    void this.#book.put([correction]);
    this.#tell(`Noted: ${named(label)}.`);
  }

  #askForBar(): void {
    if (this.#page.shown() === null) return;
    this.#asked = true;
    this.#tell('Tap its bar.');
    this.#bars.querySelector('button')?.focus();
  }

  async #undo(): Promise<void> {
    if (this.#noted === null) return;
    const { id } = this.#noted.correction;
    this.#noted = null;
    this.#show();
    // Undo is hidden now and would lose the focus.
    this.#row.querySelector<HTMLElement>('[data-testid="correct"]')?.focus();
    await this.#book.forget([id]);
    this.#tell('Taken back.');
  }

  #onChange(change: BookChange): void {
    if (this.#noted && change.forget.includes(this.#noted.correction.id)) this.#noted = null;
    this.#learn(change);
    this.#show();
    this.#panel?.update();
  }

  /** Let the recognizer learn from a change, then read the drawing again. */
  #learn(change: BookChange): void {
    const recognizer = this.#recognizer;
    this.#learning = this.#learning
      .then(async () => {
        await recognizer?.useLearnt(this.#book.useMine);
        if (change.add.length + change.forget.length > 0) await recognizer?.learn(change);
        this.#count = this.#book.all.length;
        this.#show();
        if (recognizer === this.#recognizer) this.#page.readAgain();
      })
      .catch((error: Error) => this.#tell(error.message));
  }

  #openPanel(): void {
    this.#panel ??= new LearningPanel(this.#book, async () => {
      await this.#learning;
      return (await this.#recognizer?.validateLearning()) ?? null;
    });
    this.#panel.open();
  }

  #tell(message: string): void {
    this.#message = message;
    this.#show();
    announce(message);
  }

  #show(): void {
    const noted = this.#noted !== null;
    const disabled = String(this.#page.shown() === null);
    const unkept = this.#count > 0 && this.#book.whyNotKept !== null;
    if (!noted && !this.#asked) this.#message = '';
    this.#bars.classList.toggle('asked', this.#asked);
    for (const [digit, bar] of [...this.#bars.children].entries()) {
      const choice = html`<button type="button" class="choice" data-testid="correct-${digit}"
        aria-disabled=${disabled} aria-label="It is ${named(digit)}" @click=${() => this.say(digit)}></button>`;
      render(choice, bar as HTMLElement);
    }
    render(
      html`<button type="button" data-testid="correct" aria-disabled=${disabled} ?hidden=${noted || this.#asked}
          @click=${() => this.#askForBar()}>Wrong?</button>
        <span class="said-to-be" ?hidden=${this.#message === ''}>${this.#message}</span>
        <button type="button" data-testid="not-a-digit" aria-disabled=${disabled} ?hidden=${noted}
          @click=${() => this.say(null)}>Not a digit</button>
        <button type="button" data-testid="undo-correction" ?hidden=${!noted} @click=${() => this.#undo()}>Undo</button>
        <button type="button" data-testid="learning" title="What it has learnt from you" class=${unkept ? 'not-kept' : ''}
          @click=${() => this.#openPanel()}>${`Learnt: ${this.#count}${this.#book.useMine ? '' : ', off'}`}</button>`,
      this.#row,
    );
  }
}

/** "a 7", "an 8". */
function named(digit: number | null): string {
  if (digit === null) return 'no digit';
  return `${digit === 8 ? 'an' : 'a'} ${digit}`;
}

/** A new example without its label. */
function describe(content: Pick<Correction, 'ink' | 'pixels'>): Omit<Correction, 'label' | 'kind'> {
  const time = Date.now();
  return { id: newId(time), model: modelVersion, time, ...content };
}

function sourceOf({ ink }: SelectedDigit): string {
  return JSON.stringify(ink);
}

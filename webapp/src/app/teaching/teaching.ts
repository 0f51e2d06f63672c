/** Lets the user say what a digit really was, and the recognizer learn from it. */
import './teaching.css';
import { modelVersion } from 'virtual:site-files';
import { rasterizeInk } from '../../ink';
import { type BookChange, type Correction, CorrectionBook, newId, roundInk } from '../../learning';
import type { Recognizer } from '../../recognizer';
import type { PickedDigit } from '../pictures/cards';
import type { Said } from '../reading/said';
import type { ShownDigit } from '../reading/shownDigits';
import { askDigit } from './askDigit';
import { LearningPanel } from './learningPanel';

/** What the page does for teaching. */
export interface TeachingPage {
  readonly said: Said;
  readonly remove: (digit: ShownDigit) => void;
  readonly readAgain: () => void;
  readonly toast: (message: string, undo?: () => void) => void;
  readonly onCount: (count: number) => void;
}

const NAME = `digitpad-corrections:${new URL('.', document.baseURI).pathname}`;

/** Turns answers into corrections, stores them, and lets the recognizer learn from them. */
export class Teaching {
  readonly #page: TeachingPage;
  readonly #book: CorrectionBook;
  #recognizer: Recognizer | null = null;
  #panel: LearningPanel | null = null;
  /** The changes are learned one after the other. */
  #learning: Promise<void> = Promise.resolve();

  private constructor(page: TeachingPage, book: CorrectionBook) {
    this.#page = page;
    this.#book = book;
  }

  /** Load the corrections that this browser has stored, . */
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
  }

  say({ digit, ink }: ShownDigit, label: number | null): void {
    const time = Date.now();
    const kind = label === digit.digit ? 'confirmation' : 'correction';
    const example: Correction = { id: newId(time), model: modelVersion, time, ink: roundInk(ink), label, kind };
    this.#page.said.say(ink, label);
    void this.#book.put([example]);
    this.#page.toast(`Got it: ${label}.`, () => {
      this.#page.said.unsay(ink);
      void this.#book.forget([example.id]);
    });
  }

  ask(shown: ShownDigit, _anchor: Element): void {
    askDigit({ digit: shown.label, pixels: rasterizeInk(shown.ink) }, (label) => this.say(shown, label));
  }

  askPicture(digit: PickedDigit, _anchor: Element): void {
    askDigit(digit, (label) => {
      const time = Date.now();
      const pixels = Array.from(digit.pixels, (level) => Math.round(level * 255));
      void this.#book.put([{ id: newId(time), model: modelVersion, time, pixels, label, kind: 'correction' }]);
    });
  }

  #onChange(change: BookChange): void {
    this.#learn(change);
    this.#panel?.update();
  }

  /** Let the recognizer learn from a change, then read the drawing again. */
  #learn(change: BookChange): void {
    const recognizer = this.#recognizer;
    this.#learning = this.#learning
      .then(async () => {
        await recognizer?.useLearnt(this.#book.useMine);
        if (change.add.length + change.forget.length > 0) await recognizer?.learn(change);
        this.#page.onCount(this.#book.all.length);
        if (recognizer === this.#recognizer) this.#page.readAgain();
      })
      .catch((error: Error) => this.#page.toast(error.message));
  }

  openPanel(): void {
    this.#panel ??= new LearningPanel(this.#book, async () => {
      await this.#learning;
      return (await this.#recognizer?.validateLearning()) ?? null;
    });
    this.#panel.open();
  }
}

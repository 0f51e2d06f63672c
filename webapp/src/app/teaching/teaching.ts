/** Lets the user say what a digit really is, and the recognizer learn from it. */
import { modelVersion } from 'virtual:site-files';
import type { DigitPadElement, Recognizer } from '../../api';
import type { Box, Ink } from '../../ink';
import { type BookChange, type Correction, CorrectionBook, newId, storable } from '../../learning';
import { find } from '../dom';
import type { Said } from '../reading/said';
import type { ShownDigit } from '../reading/shownDigits';
import { teachingText } from '../texts/teaching/teachingText';
import { askDigit } from './askDigit';
import { pictureOf } from './exampleDrawing';
import { LearningPanel } from './learningPanel';
import type { Rectangle } from './placeBeside';

/** What the page does for teaching. */
export interface TeachingPage {
  readonly said: Said;
  readonly remove: (digit: ShownDigit) => void;
  /** Show the reading again: something was said, or the recognizer has learnt. */
  readonly readAgain: () => void;
  /** Say something for a few seconds, with a button that undoes it. */
  readonly toast: (message: string, undo?: () => void) => void;
  /** The number of examples that the recognizer has learnt from. */
  readonly onCount: (count: number) => void;
}

/** A digit of a picture that the user picked. */
export interface PictureDigit {
  /** What it was read as; null if unsure. */
  readonly digit: number | null;
  /** 784 pixels, 0 to 1, as the network saw them. */
  readonly pixels: Float32Array;
}

/** What an answer is about: a drawing or a digit of a picture. */
interface Subject {
  readonly readAs: number | null;
  readonly content: Pick<Correction, 'ink' | 'pixels'>;
  /** The ink on the sheet; null for a picture. */
  readonly ink: Ink | null;
}

/** An answer that was given in this visit. Another answer about the same subject replaces it. */
interface Answered {
  readonly correction: Correction;
  /** What the subject was read as before anything was learnt from it. */
  readonly readAs: number | null;
  readonly ink: Ink | null;
}

const NAME = `digitpad-corrections:${new URL('.', document.baseURI).pathname}`;

/** Turns answers into corrections, stores them, and lets the recognizer learn from them. */
export class Teaching {
  readonly #page: TeachingPage;
  readonly #book: CorrectionBook;
  readonly #answered = new Map<string, Answered>();
  #recognizer: Recognizer | null = null;
  #panel: LearningPanel | null = null;
  #count = 0;
  /** The changes are learnt one after the other. It resolves to whether the last one was. */
  #learning: Promise<boolean> = Promise.resolve(true);

  private constructor(page: TeachingPage, book: CorrectionBook) {
    this.#page = page;
    this.#book = book;
  }

  /** Load the corrections that this browser has stored. */
  static async open(page: TeachingPage): Promise<Teaching> {
    const book = await CorrectionBook.open(NAME, (change) => teaching.#onChange(change));
    const teaching = new Teaching(page, book);
    return teaching;
  }

  /** How many examples the recognizer has learnt from. */
  get count(): number {
    return this.#count;
  }

  /** Let a recognizer learn everything; it may replace one that failed. */
  attach(recognizer: Recognizer): void {
    if (recognizer === this.#recognizer) return;
    this.#recognizer = recognizer;
    const { all } = this.#book;
    // With nothing to learn, what is on the sheet need not be read again.
    if (all.length > 0) this.#learn({ add: all, forget: [] });
  }

  /** The digit on the sheet is `label`, or no digit if null. */
  say({ digit, ink }: ShownDigit, label: number | null): void {
    this.#page.said.say(ink, label);
    this.#page.readAgain();
    void this.#note({ readAs: digit.digit, content: { ink }, ink }, label);
  }

  /** Ask what the digit on the sheet is, beside `anchor`. */
  async ask(shown: ShownDigit, anchor: Element): Promise<void> {
    const likeliest = likeliestTwo(shown.digit.probabilities);
    const inView = placeOnScreen(shown.digit.box);
    const answer = await askDigit({ anchor, inView, shown: null, readAs: shown.label, likeliest, canDelete: true });
    if (answer === 'delete') this.#page.remove(shown);
    else if (answer !== undefined) this.say(shown, answer);
  }

  /**
   * Ask what a digit of a picture is, beside `anchor`.
   *
   * @param onUndo called if the user takes the answer back.
   * @returns the answer; undefined if there was none.
   */
  async askPicture(
    { digit, pixels }: PictureDigit,
    anchor: Element,
    onUndo?: () => void,
  ): Promise<number | null | undefined> {
    const levels = Array.from(pixels, (level) => Math.round(level * 255));
    const shown = pictureOf(levels, teachingText.picture(digit));
    const answer = await askDigit({ anchor, shown, readAs: digit, likeliest: [], canDelete: false });
    if (answer === undefined || answer === 'delete') return undefined;
    void this.#note({ readAs: digit, content: { pixels: levels }, ink: null }, answer, onUndo);
    return answer;
  }

  /** Open the panel of what was learnt. */
  openPanel(): void {
    this.#panel ??= new LearningPanel(this.#book, async () => {
      await this.#learning;
      return (await this.#recognizer?.validateLearning()) ?? null;
    });
    this.#panel.open();
  }

  /** Store an answer and learn from it; then say so. */
  async #note({ readAs, content, ink }: Subject, label: number | null, onUndo?: () => void): Promise<void> {
    const time = Date.now();
    const example = storable({ id: newId(time), label, kind: 'correction', model: modelVersion, time, ...content });
    const name = JSON.stringify(example.ink ?? example.pixels);
    const before = this.#answered.get(name);
    const first = before ? before.readAs : readAs;
    const kind = label === first ? 'confirmation' : 'correction';
    const correction = { ...(before?.correction ?? example), label, kind } as const;
    const answered: Answered = { correction, readAs: first, ink };
    this.#answered.set(name, answered);
    await this.#book.put([correction]);
    const isLearnt = await this.#learning;
    if (this.#answered.get(name) !== answered) return; // it was answered again, or forgotten, in the meantime
    this.#page.toast(this.#words(correction, isLearnt), () => {
      void this.#takeBack(name, answered, before);
      onUndo?.();
    });
  }

  async #takeBack(name: string, { correction, ink }: Answered, before: Answered | undefined): Promise<void> {
    if (before) this.#answered.set(name, before);
    else this.#answered.delete(name);
    if (ink) {
      if (before) this.#page.said.say(ink, before.correction.label);
      else this.#page.said.unsay(ink);
    }
    this.#page.readAgain();
    await (before ? this.#book.put([before.correction]) : this.#book.forget([correction.id]));
  }

  #words({ label, kind }: Correction, isLearnt: boolean): string {
    const { gotIt, confirmed, setAside, onlyNow, notLearnt } = teachingText;
    if (!isLearnt) return notLearnt;
    if (!this.#book.useMine) return setAside(label);
    if (this.#book.whyNotKept !== null) return `${gotIt(label)} ${onlyNow}`;
    return kind === 'confirmation' ? confirmed(label) : gotIt(label);
  }

  #onChange(change: BookChange): void {
    this.#unsay(change.forget);
    this.#learn(change);
    this.#panel?.update();
  }

  /** What is forgotten, here or in another tab, is no longer said about ink either. */
  #unsay(forgotten: readonly string[]): void {
    for (const [name, { correction, ink }] of [...this.#answered]) {
      if (!forgotten.includes(correction.id)) continue;
      this.#answered.delete(name);
      if (ink) this.#page.said.unsay(ink);
    }
  }

  /** Let the recognizer learn from a change, then read what is on the sheet again. */
  #learn(change: BookChange): void {
    const recognizer = this.#recognizer;
    this.#learning = this.#learning
      .then(async () => {
        await recognizer?.useLearnt(this.#book.useMine);
        if (change.add.length + change.forget.length > 0) await recognizer?.learn(change);
        this.#count = this.#book.all.length;
        this.#page.onCount(this.#count);
        if (recognizer === this.#recognizer) this.#page.readAgain();
        return true;
      })
      .catch((error: Error) => {
        console.error(error);
        return false;
      });
  }
}

/** Where a box on the sheet, in pad units, lies in the window. */
function placeOnScreen(box: Box): Rectangle {
  const pad = find<DigitPadElement>('pad');
  const { left, top } = pad.getBoundingClientRect();
  const { x, y, width, height } = pad.place(box);
  return { left: left + x, top: top + y, right: left + x + width, bottom: top + y + height };
}

function likeliestTwo(probabilities: readonly number[]): number[] {
  const digits = [...probabilities.keys()];
  return digits.sort((one, other) => (probabilities[other] ?? 0) - (probabilities[one] ?? 0)).slice(0, 2);
}

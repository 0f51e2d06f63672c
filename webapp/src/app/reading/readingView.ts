import './reading.css';
import type { Box, Ink } from '../../ink';
import { NOTHING_READ, type Reading } from '../../reading';
import { find, setText } from '../dom';
import { text } from '../texts/text';
import { asPercent, BarChart } from './barChart';
import { DigitLabels } from './digitLabels';
import type { Said } from './said';
import { type ShownDigit, shownDigits } from './shownDigits';

/** What the page does for the shown reading. */
export interface ReadingActions {
  readonly said: Said;
  /** Where a box of the ink lies, in CSS pixels of the sheet. */
  readonly place: (box: Box) => Box;
  readonly sheetSize: () => { width: number; height: number };
  /** A reading is shown, or another digit of it was selected. */
  readonly onSelect: (selected: ShownDigit | null) => void;
  /** A digit is being drawn, and reads so far as this. */
  readonly onPreview: (digit: ShownDigit) => void;
  readonly onCorrect: (digit: ShownDigit, anchor: Element) => void;
  readonly onAnswer: (digit: ShownDigit, label: number) => void;
  readonly onRemove: (digit: ShownDigit) => void;
}

/** Shows a reading: the number, each digit under its ink, how sure it is, and the ten probabilities of the selected digit. */
export class ReadingView {
  readonly #actions: ReadingActions;
  readonly #prediction = find('prediction');
  readonly #confidence = find('confidence');
  readonly #explanation = find('explanation');
  readonly #bars = new BarChart(find('bars'));
  readonly #labels: DigitLabels;
  #reading = NOTHING_READ;
  #digits: readonly ShownDigit[] = [];
  #ink: Ink = [];
  #selected = 0;

  constructor(actions: ReadingActions) {
    this.#actions = actions;
    // Who does something with a digit also selects it.
    const chosen = (index: number) => {
      this.#select(index);
      return this.#digits[index] as ShownDigit;
    };
    this.#labels = new DigitLabels(document.querySelector('.over') as HTMLElement, {
      onSelect: (index) => this.#select(index),
      onCorrect: (index, anchor) => actions.onCorrect(chosen(index), anchor),
      onAnswer: (index, label) => actions.onAnswer(chosen(index), label),
      onRemove: (index) => actions.onRemove(chosen(index)),
    });
    find('correct').addEventListener('click', ({ currentTarget }) => {
      const selected = this.selected;
      if (selected) actions.onCorrect(selected, this.#labels.anchor(selected.index) ?? (currentTarget as Element));
    });
    this.show(NOTHING_READ, []);
  }

  /** How many strokes the reading is for. */
  get strokes(): number {
    return Number(this.#prediction.dataset.strokes);
  }

  /** What is shown, as a sentence. */
  get sentence(): string {
    const [number, sure, doubt] = [this.#prediction, this.#confidence, this.#explanation].map(
      (part) => part.textContent,
    );
    return doubt ? `${number === '?' ? '' : number} ${doubt}`.trim() : `${number} ${sure}`.trim();
  }

  /** The digit that the bar chart shows; null if there is none. */
  get selected(): ShownDigit | null {
    return this.#digits[this.#selected] ?? null;
  }

  /** Show the reading of `ink`, which is all that is on the sheet. */
  show(reading: Reading, ink: Ink): void {
    const same = ink.length === this.#ink.length && reading.digits.length === this.#digits.length;
    this.#keep(reading, ink);
    this.#prediction.dataset.strokes = String(ink.length);
    const newest = reading.digits.findLastIndex(({ strokes }) => strokes?.includes(ink.length - 1));
    this.#select(same ? this.#selected : newest);
  }

  /** Show the reading again: something was said about it. */
  update(): void {
    this.#keep(this.#reading, this.#ink);
    this.#select(this.#selected);
  }

  /** Move the bars to a reading during a stroke. Half a digit is no digit yet: words wait until the pen rests. */
  preview(reading: Reading, ink: Ink, strokes: number): void {
    this.#prediction.dataset.strokes = String(strokes);
    const shown = shownDigits(reading, ink, this.#actions.said);
    const newest = shown.findLast(({ digit }) => digit.strokes?.includes(ink.length - 1)) ?? shown[0];
    this.#bars.preview(newest?.digit.probabilities ?? null);
    if (newest) this.#actions.onPreview(newest);
  }

  /** The sheet has newer ink, of `strokes` strokes: `data-strokes` must not equal the pad's until that is read. */
  markOutdated(strokes: number): void {
    this.#prediction.dataset.strokes = String(Math.min(this.strokes, strokes - 1));
  }

  /** Put the labels where their digits are now. */
  placeLabels(): void {
    const boxes = this.#digits.map(({ digit }) => this.#actions.place(digit.box));
    this.#labels.show(this.#digits, this.#selected, boxes, this.#actions.sheetSize());
  }

  #keep(reading: Reading, ink: Ink): void {
    this.#reading = reading;
    this.#ink = ink;
    this.#digits = shownDigits(reading, ink, this.#actions.said);
  }

  #select(index: number): void {
    this.#selected = Math.max(Math.min(index, this.#digits.length - 1), 0);
    setText(this.#prediction, this.#digits.map(({ label }) => label ?? '?').join(''));
    this.#prediction.classList.toggle('long', this.#digits.length > 6);
    this.#showWords();
    this.#bars.show(this.selected?.digit.probabilities ?? null);
    this.placeLabels();
    this.#actions.onSelect(this.selected);
  }

  /** How sure the reading is, and what the selected digit may be. */
  #showWords(): void {
    const { selected } = this;
    const sure = (digit: ShownDigit) => (digit.isSaid ? 1 : digit.digit.confidence);
    const confidence = this.#digits.reduce((product, digit) => product * sure(digit), selected ? 1 : 0);
    this.#confidence.dataset.value = String(confidence);
    const { page } = text;
    const unsure = this.#digits.some(({ label, isSaid }) => label === null && !isSaid);
    let words = confidence >= 0.99 ? page.sure : page.surePercent(asPercent(confidence));
    if (selected?.isSaid) words = page.asYouSaid;
    else if (unsure) words = page.unsure;
    setText(this.#confidence, selected ? words : '');
    setText(this.#explanation, selected?.inDoubt ? explain(selected) : '');
  }
}

function explain({ likely: [one, other], label }: ShownDigit): string {
  if (one === undefined) return label === null ? text.page.noDigit : '';
  return other === undefined ? text.page.perhaps(one) : text.page.either(one, other);
}

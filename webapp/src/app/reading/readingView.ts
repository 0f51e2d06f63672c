import './reading.css';
import type { Ink } from '../../ink';
import { type DigitReading, explainDoubt, explainUnsure, inDoubt, NOTHING_READ, type Reading } from '../../reading';
import { find, setText } from '../dom';
import { onKeys } from '../keys';
import { asPercent, BarChart } from './barChart';
import { showNumber } from './numberView';

/** The digit that the bar chart shows. */
export interface SelectedDigit {
  readonly digit: DigitReading;
  /** The ink of this digit alone. */
  readonly ink: Ink;
  /** What other digits share of its strokes; it stays when the digit is removed. */
  readonly rest: Ink;
  /** Its place in the number, from 0. */
  readonly index: number;
}

/** What the page does when a digit is selected or removed. */
export interface ReadingActions {
  /** A reading is shown, or another digit of it was selected. */
  readonly onSelect: (selected: SelectedDigit | null, reading: Reading) => void;
  readonly onRemove: (digit: SelectedDigit) => void;
}

/** Shows a reading: the digits, how sure they are or why not, and the ten probabilities of the selected digit. */
export class ReadingView {
  readonly #onSelect: ReadingActions['onSelect'];
  readonly #prediction = find('prediction');
  readonly #confidence = find('confidence');
  readonly #explanation = find('explanation');
  readonly #remove = find('delete-digit');
  readonly #bars = new BarChart(find('bars'));
  #reading = NOTHING_READ;
  #ink: Ink = [];
  #selected = 0;
  #preview = false;

  constructor({ onSelect, onRemove }: ReadingActions) {
    this.#onSelect = onSelect;
    const remove = () => this.selected && onRemove(this.selected);
    this.#remove.addEventListener('click', remove);
    onKeys('number', this.#prediction, {
      previous: () => this.#select(this.#selected - 1),
      next: () => this.#select(this.#selected + 1),
      first: () => this.#select(0),
      last: () => this.#select(Infinity),
      remove,
    });
    this.show(NOTHING_READ, []);
  }

  /** How many strokes the reading is for. */
  get strokes(): number {
    return Number(this.#prediction.dataset.strokes);
  }

  /** What is shown, as a sentence. */
  get text(): string {
    const { text } = this.#reading;
    const [sure, explanation] = [this.#confidence.textContent, this.#explanation.textContent];
    if (explanation) return `${text === '?' ? '' : text} ${explanation}`.trim();
    return `${text} ${sure}`.trim();
  }

  /** The digit that the bar chart shows; null if there is none. */
  get selected(): SelectedDigit | null {
    const { digits } = this.#reading;
    const digit = digits[this.#selected];
    if (digit === undefined) return null;
    const ink = digit.ink ?? digit.strokes?.flatMap((stroke) => this.#ink.slice(stroke, stroke + 1)) ?? this.#ink;
    const others = digits.filter((other) => other !== digit);
    const rest = others.flatMap(
      ({ strokes, ink }) => ink?.filter((_, i) => digit.strokes?.includes(strokes?.[i] ?? -1)) ?? [],
    );
    return { digit, ink, rest, index: this.#selected };
  }

  /** Show the reading of `ink`, which is all that is on the pad. */
  show(reading: Reading, ink: Ink): void {
    this.#show(reading, ink, ink.length, false);
  }

  /** Show a reading during a stroke, without words on its doubts: half a digit is no digit yet. */
  preview(reading: Reading, ink: Ink, strokes: number): void {
    this.#show(reading, ink, strokes, true);
  }

  /** The pad has newer ink, of `strokes` strokes: `data-strokes` must not equal the pad's until that is read. */
  markOutdated(strokes: number): void {
    this.#prediction.dataset.strokes = String(Math.min(this.strokes, strokes - 1));
  }

  #show(reading: Reading, ink: Ink, strokes: number, preview: boolean): void {
    const sameInk = ink.length === this.#ink.length && reading.text.length === this.#reading.text.length;
    this.#reading = reading;
    this.#ink = ink;
    this.#preview = preview;
    this.#prediction.dataset.strokes = String(strokes);
    const newest = reading.digits.findLastIndex((digit) => digit.strokes?.includes(ink.length - 1));
    this.#select(sameInk ? this.#selected : newest);
  }

  #select(index: number): void {
    const { digits, text } = this.#reading;
    this.#selected = Math.max(Math.min(index, digits.length - 1), 0);
    const selected = digits[this.#selected];
    const isNumber = digits.length > 1;
    if (isNumber) showNumber(this.#prediction, digits, this.#selected, (index) => this.#select(index));
    else setText(this.#prediction, text);
    this.#prediction.style.setProperty('--digits', String(digits.length));
    this.#prediction.classList.toggle('number', isNumber);
    this.#prediction.classList.toggle('long', digits.length > 6);
    const confidence = digits.reduce((product, digit) => product * digit.confidence, selected ? 1 : 0);
    this.#confidence.dataset.value = String(confidence);
    const sure = digits.some(({ digit }) => digit === null) ? 'unsure' : `${asPercent(confidence)} sure`;
    setText(this.#confidence, selected ? sure : '');
    setText(this.#explanation, selected && !this.#preview ? explain(selected) : '');
    this.#remove.hidden = !isNumber;
    this.#bars.show(selected?.probabilities ?? null);
    this.#onSelect(this.selected, this.#reading);
  }
}

function explain(selected: DigitReading): string {
  if (!inDoubt([selected])) return '';
  return (selected.digit === null ? explainUnsure : explainDoubt)(selected.probabilities);
}

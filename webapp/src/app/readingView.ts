import type { Ink } from '../ink';
import { type DigitReading, explainDoubt, explainUnsure, inDoubt, NOTHING_READ, type Reading } from '../reading';
import { asPercent, BarChart } from './barChart';
import { showNumber } from './numberView';
import { setText } from './setText';

/** Where a reading is shown. */
export interface ReadingElements {
  readonly prediction: HTMLElement;
  readonly confidence: HTMLElement;
  /** A sentence on what is unsure. */
  readonly explanation: HTMLElement;
  readonly bars: HTMLElement;
  /** The button that takes the selected digit of a number away. */
  readonly remove: HTMLButtonElement;
}

/** The digit that the bar chart is about. */
export interface SelectedDigit {
  readonly digit: DigitReading;
  /** Its strokes alone, or its parts of them. */
  readonly ink: Ink;
  /** The parts of its strokes that are other digits'. */
  readonly rest: Ink;
  /** Its place in the number, from 0. */
  readonly index: number;
}

/** What the page does when a digit is selected or is to go. */
export interface ReadingActions {
  /** A reading is shown, or another digit of it was selected. */
  readonly onSelect: (selected: SelectedDigit | null, reading: Reading) => void;
  /** The user wants a digit of a number to go. */
  readonly onRemove: (digit: SelectedDigit) => void;
}

/** Shows a reading: the digits, how sure they are or why not, and the ten probabilities of the one that is selected. */
export class ReadingView {
  readonly #elements: ReadingElements;
  readonly #actions: ReadingActions;
  readonly #bars: BarChart;
  #reading = NOTHING_READ;
  #ink: Ink = [];
  #selected = 0;
  #preview = false;

  constructor(elements: ReadingElements, actions: ReadingActions) {
    this.#elements = elements;
    this.#actions = actions;
    this.#bars = new BarChart(elements.bars);
    elements.remove.addEventListener('click', () => this.#remove(this.#selected));
    this.show(NOTHING_READ, []);
  }

  /** How many strokes the shown reading is for. */
  get strokes(): number {
    return Number(this.#elements.prediction.dataset.strokes);
  }

  /** What is shown, in words. */
  get text(): string {
    const { confidence, explanation } = this.#elements;
    const { text } = this.#reading;
    if (explanation.textContent) return [text === '?' ? '' : text, explanation.textContent].join(' ').trim();
    return `${text} ${confidence.textContent}`.trim();
  }

  /** The digit that the bar chart is about; null with nothing read. */
  get selected(): SelectedDigit | null {
    return this.#digit(this.#selected);
  }

  /** Show the reading of `ink`, all that is on the pad. */
  show(reading: Reading, ink: Ink): void {
    this.#show(reading, ink, ink.length);
  }

  /** Show a reading while one still draws: nobody is told in words that half a digit is none. */
  preview(reading: Reading, ink: Ink, strokes: number): void {
    this.#show(reading, ink, strokes, true);
  }

  /** Make the bar chart be about another digit of the number. */
  select(index: number): void {
    this.#selected = index;
    this.#update();
  }

  /** The pad's ink, of `strokes` strokes, is newer than the reading shown: its count is not to equal the pad's. */
  outdated(strokes: number): void {
    const { dataset } = this.#elements.prediction;
    dataset.strokes = String(Math.min(Number(dataset.strokes), strokes - 1));
  }

  #show(reading: Reading, ink: Ink, strokes: number, preview = false): void {
    const again = ink.length === this.#ink.length && reading.text.length === this.#reading.text.length;
    this.#reading = reading;
    this.#ink = ink;
    this.#preview = preview;
    // The digit that was drawn last; the same one as before where the same ink is read again.
    if (!again)
      this.#selected = Math.max(
        reading.digits.findLastIndex((digit) => digit.strokes?.includes(ink.length - 1)),
        0,
      );
    this.#elements.prediction.dataset.strokes = String(strokes);
    this.#update();
  }

  #update(): void {
    const { prediction, confidence, explanation, remove } = this.#elements;
    const { digits, text } = this.#reading;
    const selected = digits[this.#selected];
    const isNumber = digits.length > 1;
    if (!isNumber) setText(prediction, text);
    else {
      showNumber(prediction, digits, this.#selected, {
        select: (index) => this.select(index),
        remove: (index) => this.#remove(index),
      });
    }
    prediction.style.setProperty('--digits', String(digits.length));
    prediction.classList.toggle('number', isNumber);
    prediction.classList.toggle('long', digits.length > 6);
    const all = digits.reduce((product, digit) => product * digit.confidence, digits.length > 0 ? 1 : 0);
    confidence.dataset.value = String(all);
    const sure = digits.some(({ digit }) => digit === null) ? 'unsure' : `${asPercent(all)} sure`;
    setText(confidence, digits.length > 0 ? sure : '');
    const doubt = selected !== undefined && inDoubt([selected]) && !this.#preview;
    const explain = selected?.digit === null ? explainUnsure : explainDoubt;
    setText(explanation, doubt ? explain(selected.probabilities) : '');
    remove.hidden = !isNumber;
    this.#bars.show(selected?.probabilities ?? null);
    this.#actions.onSelect(this.selected, this.#reading);
  }

  #digit(index: number): SelectedDigit | null {
    const digit = this.#reading.digits[index];
    if (digit === undefined) return null;
    const ink = digit.ink ?? digit.strokes?.flatMap((stroke) => this.#ink.slice(stroke, stroke + 1)) ?? this.#ink;
    const others = this.#reading.digits.filter((other) => other !== digit);
    const rest = others.flatMap(
      ({ strokes, ink }) => ink?.filter((_, i) => digit.strokes?.includes(strokes?.[i] ?? -1)) ?? [],
    );
    return { digit, ink, rest, index };
  }

  #remove(index: number): void {
    const digit = this.#digit(index);
    if (digit) this.#actions.onRemove(digit);
  }
}

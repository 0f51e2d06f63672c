import type { Ink } from '../ink';
import { type DigitReading, explainUnsure, NOTHING_READ, type Reading } from '../reading';
import { asPercent, BarChart } from './barChart';

/** Where a reading is shown. */
export interface ReadingElements {
  readonly prediction: HTMLElement;
  readonly confidence: HTMLElement;
  /** A sentence on what is unsure. */
  readonly explanation: HTMLElement;
  readonly bars: HTMLElement;
}

/** The digit that the bar chart is about. */
export interface SelectedDigit {
  readonly digit: DigitReading;
  /** Its strokes alone. */
  readonly ink: Ink;
}

/** Shows a reading: the digit, how sure it is or why it is not, and the ten probabilities. */
export class ReadingView {
  readonly #elements: ReadingElements;
  readonly #bars: BarChart;
  readonly #onSelect: (selected: SelectedDigit | null) => void;
  #selected: SelectedDigit | null = null;

  /** @param onSelect told, whenever a reading is shown, which digit is selected then. */
  constructor(elements: ReadingElements, onSelect: (selected: SelectedDigit | null) => void) {
    this.#elements = elements;
    this.#bars = new BarChart(elements.bars);
    this.#onSelect = onSelect;
    this.show(NOTHING_READ, []);
  }

  /** The digit that the bar chart is about; null with nothing read. */
  get selected(): SelectedDigit | null {
    return this.#selected;
  }

  /** How many strokes the shown reading is for. */
  get strokes(): number {
    return Number(this.#elements.prediction.dataset.strokes);
  }

  /** What is shown, in words. */
  get text(): string {
    const { prediction, confidence, explanation } = this.#elements;
    return explanation.textContent || `${prediction.textContent} ${confidence.textContent}`.trim();
  }

  /** Show the reading of `ink`, by default all that is on the pad. */
  show(reading: Reading, ink: Ink, strokes = ink.length): void {
    const { prediction, confidence, explanation } = this.#elements;
    const [first] = reading.digits;
    prediction.textContent = reading.text;
    prediction.dataset.strokes = String(strokes);
    confidence.dataset.value = String(first?.confidence ?? 0);
    confidence.textContent = first === undefined ? '' : describe(first.digit, first.confidence);
    explanation.textContent = first?.digit === null ? explainUnsure(first.probabilities) : '';
    this.#bars.show(first?.probabilities ?? null);
    const own = (digit: DigitReading) => digit.strokes?.flatMap((stroke) => ink.slice(stroke, stroke + 1)) ?? ink;
    this.#selected = first === undefined ? null : { digit: first, ink: own(first) };
    this.#onSelect(this.#selected);
  }

  /** Show a reading while one still draws: nobody is told in words that half a digit is none. */
  preview(reading: Reading, ink: Ink, strokes: number): void {
    this.show(reading, ink, strokes);
    this.#elements.explanation.textContent = '';
  }

  /** The pad's ink, of `strokes` strokes, is newer than the reading shown: its count is not to equal the pad's. */
  outdated(strokes: number): void {
    const { dataset } = this.#elements.prediction;
    dataset.strokes = String(Math.min(Number(dataset.strokes), strokes - 1));
  }
}

function describe(digit: number | null, confidence: number): string {
  return digit === null ? 'unsure' : `${asPercent(confidence)} sure`;
}

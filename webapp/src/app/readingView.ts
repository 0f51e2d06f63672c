import { explainUnsure, NOTHING_READ, type Reading } from '../reading';
import { asPercent, BarChart } from './barChart';

/** Where a reading is shown. */
export interface ReadingElements {
  readonly prediction: HTMLElement;
  readonly confidence: HTMLElement;
  /** A sentence on what is unsure. */
  readonly explanation: HTMLElement;
  readonly bars: HTMLElement;
}

/** Shows a reading: the digit, how sure it is or why it is not, and the ten probabilities. */
export class ReadingView {
  readonly #elements: ReadingElements;
  readonly #bars: BarChart;

  constructor(elements: ReadingElements) {
    this.#elements = elements;
    this.#bars = new BarChart(elements.bars);
    this.show(NOTHING_READ, 0);
  }

  /** What is shown, in words. */
  get text(): string {
    const { prediction, confidence, explanation } = this.#elements;
    return explanation.textContent || `${prediction.textContent} ${confidence.textContent}`.trim();
  }

  /** Show a reading that is up to date for a pad with `strokes` strokes. */
  show(reading: Reading, strokes: number): void {
    const { prediction, confidence, explanation } = this.#elements;
    const [first] = reading.digits;
    prediction.textContent = reading.text;
    prediction.dataset.strokes = String(strokes);
    confidence.dataset.value = String(first?.confidence ?? 0);
    confidence.textContent = first === undefined ? '' : describe(first.digit, first.confidence);
    explanation.textContent = first?.digit === null ? explainUnsure(first.probabilities) : '';
    this.#bars.show(first?.probabilities ?? null);
  }

  /** Show a reading while one still draws: nobody is told in words that half a digit is none. */
  preview(reading: Reading, strokes: number): void {
    this.show(reading, strokes);
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

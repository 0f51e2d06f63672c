import { NOTHING_READ, type Reading } from '../reading';
import { asPercent, BarChart } from './barChart';

/** Shows a reading: the digit, how sure it is, and the ten probabilities. */
export class ReadingView {
  readonly #prediction: HTMLElement;
  readonly #confidence: HTMLElement;
  readonly #bars: BarChart;

  constructor(prediction: HTMLElement, confidence: HTMLElement, bars: HTMLElement) {
    this.#prediction = prediction;
    this.#confidence = confidence;
    this.#bars = new BarChart(bars);
    this.show(NOTHING_READ, 0);
  }

  /** What is shown, in words. */
  get text(): string {
    return `${this.#prediction.textContent} ${this.#confidence.textContent}`.trim();
  }

  /** Show a reading that is up to date for a pad with `strokes` strokes. */
  show(reading: Reading, strokes: number): void {
    const [first] = reading.digits;
    this.#prediction.textContent = reading.text;
    this.#prediction.dataset.strokes = String(strokes);
    this.#confidence.dataset.value = String(first?.confidence ?? 0);
    this.#confidence.textContent = first === undefined ? '' : describe(first.digit, first.confidence);
    this.#bars.show(first?.probabilities ?? null);
  }

  /** The pad's ink, of `strokes` strokes, is newer than the reading shown: its count is not to equal the pad's. */
  outdated(strokes: number): void {
    const shown = Number(this.#prediction.dataset.strokes);
    this.#prediction.dataset.strokes = String(Math.min(shown, strokes - 1));
  }
}

function describe(digit: number | null, confidence: number): string {
  return digit === null ? 'unsure' : `${asPercent(confidence)} sure`;
}

import { make, setText } from '../dom';
import { text } from '../texts/text';

/** Where no digit is likelier than this, none stands out, and percentages would say nothing. */
const TELLING = 0.2;

/**
 * The ten probabilities as a bar chart. It is built into `chart` once. While the pen draws, `preview` changes only
 * transforms and colours, which costs no layout; words follow when it rests.
 */
export class BarChart {
  readonly #bars = Array.from({ length: 10 }, (_, digit) => makeBar(digit));

  constructor(chart: HTMLElement) {
    chart.replaceChildren(...this.#bars.map(({ item }) => item));
    this.show(null);
  }

  /** Move the bars to ten probabilities, or to zero. */
  preview(probabilities: readonly number[] | null): void {
    const most = Math.max(...(probabilities ?? [0]));
    const likeliest = most < TELLING ? -1 : probabilities?.indexOf(most);
    for (const [digit, { item }] of this.#bars.entries()) {
      const probability = probabilities?.[digit] ?? 0;
      item.dataset.probability = String(probability);
      item.classList.toggle('likeliest', digit === likeliest);
      // Three decimals suffice, as the chart has fewer than a thousand pixels.
      item.style.setProperty('--p', probability.toFixed(3));
    }
  }

  /** Show ten probabilities with their percentages, or an empty chart. */
  show(probabilities: readonly number[] | null): void {
    this.preview(probabilities);
    const tells = Math.max(...(probabilities ?? [0])) >= TELLING;
    for (const [digit, { item, percent }] of this.#bars.entries()) {
      const probability = probabilities?.[digit] ?? 0;
      setText(percent, tells && probability >= 0.01 && probability < 0.995 ? asPercent(probability) : '');
      item.setAttribute('aria-label', text.page.bar(digit, asPercent(probability)));
    }
  }
}

/** "97%"; "100%" only for certainty and "0%" only for nothing. */
export function asPercent(probability: number): string {
  const percent = Math.round(probability * 100);
  if (percent === 100 && probability < 0.9995) return '99%';
  if (percent === 0 && probability > 0.0005) return '<1%';
  return `${percent}%`;
}

/** A list item with a digit, its bar and a percentage that goes with the bar's end. */
function makeBar(digit: number) {
  const percent = make('span', 'percent');
  const item = make(
    'li',
    'bar',
    make('span', 'track', make('span', 'fill')),
    percent,
    make('span', 'label', String(digit)),
  );
  item.dataset.digit = String(digit);
  return { item, percent };
}

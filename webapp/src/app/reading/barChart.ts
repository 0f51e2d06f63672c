import { make, setText } from '../dom';

/**
 * The ten probabilities as a bar chart. It is built into `chart` once. Later only what differs is changed, because the
 * chart is updated for each movement of the pen.
 */
export class BarChart {
  readonly #bars = Array.from({ length: 10 }, (_, digit) => makeBar(digit));

  constructor(chart: HTMLElement) {
    chart.replaceChildren(...this.#bars.map(({ item }) => item));
    this.show(null);
  }

  /** Show ten probabilities, or an empty chart. */
  show(probabilities: readonly number[] | null): void {
    const likeliest = probabilities === null ? -1 : probabilities.indexOf(Math.max(...probabilities));
    for (const [digit, { item, percent, fill }] of this.#bars.entries()) {
      const probability = probabilities?.[digit] ?? 0;
      item.dataset.probability = String(probability);
      item.classList.toggle('likeliest', digit === likeliest);
      const text = asPercent(probability);
      item.setAttribute('aria-label', `${digit}: ${text}`);
      setText(percent, probability >= 0.01 ? text : '');
      // Three decimals suffice, as the chart has fewer than a thousand pixels; an equal value costs no layout.
      fill.style.setProperty('--probability', probability.toFixed(3));
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

/** A list item with a percentage above a bar above the digit. */
function makeBar(digit: number) {
  const [percent, fill] = [make('span', 'percent'), make('span', 'fill')];
  const item = make('li', 'bar', percent, fill, make('span', 'label', String(digit)));
  item.dataset.digit = String(digit);
  return { item, percent, fill };
}

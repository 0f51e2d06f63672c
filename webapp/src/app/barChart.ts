/** The ten probabilities as a bar chart, built into `chart` once and then only updated. */
export class BarChart {
  readonly #bars: HTMLElement[];

  constructor(chart: HTMLElement) {
    this.#bars = Array.from({ length: 10 }, (_, digit) => makeBar(digit));
    chart.replaceChildren(...this.#bars);
    this.show(null);
  }

  /** Show ten probabilities, or an empty chart. */
  show(probabilities: readonly number[] | null): void {
    const likeliest = probabilities === null ? -1 : probabilities.indexOf(Math.max(...probabilities));
    for (const [digit, bar] of this.#bars.entries()) {
      const probability = probabilities?.[digit] ?? 0;
      bar.dataset.probability = String(probability);
      bar.style.setProperty('--probability', String(probability));
      bar.classList.toggle('likeliest', digit === likeliest);
      const percent = asPercent(probability);
      bar.setAttribute('aria-label', `${digit}: ${percent}`);
      (bar.querySelector('.percent') as HTMLElement).textContent = probability >= 0.01 ? percent : '';
    }
  }
}

/** "97%"; never "100%" for less than certainty, nor "0%" for more than nothing. */
export function asPercent(probability: number): string {
  const percent = Math.round(probability * 100);
  if (percent === 100 && probability < 0.9995) return '99%';
  if (percent === 0 && probability > 0.0005) return '<1%';
  return `${percent}%`;
}

function makeBar(digit: number): HTMLElement {
  const bar = document.createElement('li');
  bar.className = 'bar';
  bar.dataset.digit = String(digit);
  for (const [className, text] of [
    ['percent', ''],
    ['fill', ''],
    ['label', String(digit)],
  ] as const) {
    const part = document.createElement('span');
    part.className = className;
    part.textContent = text;
    bar.append(part);
  }
  return bar;
}

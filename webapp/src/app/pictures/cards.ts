import { html, nothing, render, svg, type TemplateResult } from 'lit-html';
import { PIXELS } from '../../ink';
import type { DigitReading } from '../../reading';
import type { ImageReading } from '../../recognizer';
import { make } from '../dom';
import { asPercent } from '../reading/barChart';
import { showNetworkView } from '../reading/networkView';

const BOX_MARGIN = 0.01; // of the picture's longer side

/** A digit of a picture that the user picked. */
export interface PickedDigit {
  /** What it was read as; null if unsure. */
  readonly digit: number | null;
  /** 784 pixels, 0 to 1, as the network saw them. */
  readonly pixels: Float32Array;
}

/** Make a card that shows what was read on a picture: where, what, and how sure. */
export function readingCard(
  name: string,
  reading: ImageReading,
  onRemove: (card: HTMLElement) => void,
  onPick: (digit: PickedDigit) => void,
): HTMLElement {
  const digitItem = ({ digit, confidence }: DigitReading, i: number) => {
    const pixels = reading.images.slice(i * PIXELS, (i + 1) * PIXELS);
    const canvas = make('canvas', '');
    canvas.setAttribute('aria-hidden', 'true');
    showNetworkView(canvas, pixels);
    return html`<li>
      <button type="button" class="pick" data-testid="picture-digit" title="Say what it is" @click=${() => onPick({ digit, pixels })}>
        ${canvas}<span class="digit">${digit ?? '?'}</span>
        <span class="sure">${digit === null ? 'unsure' : asPercent(confidence)}</span>
      </button>
    </li>`;
  };
  const content = html`
    ${preview(reading)}
    <p class="number">${reading.lines.map((line) => html`<span class="line">${line}</span>`)}</p>
    <ol class="digits">${reading.digits.map(digitItem)}</ol>`;
  const card = makeCard(name, content, onRemove);
  card.dataset.prediction = reading.text;
  card.dataset.confidence = String(Math.min(...reading.digits.map(({ confidence }) => confidence)));
  return card;
}

/** Make a card that says in one sentence why nothing was read. */
export function errorCard(name: string, sentence: string, onRemove: (card: HTMLElement) => void): HTMLElement {
  const card = makeCard(name, html`<p class="why">${sentence}</p>`, onRemove);
  card.dataset.error = sentence;
  card.classList.add('failed');
  return card;
}

function makeCard(name: string, content: TemplateResult, onRemove: (card: HTMLElement) => void): HTMLElement {
  const card = make('article', 'card');
  card.dataset.testid = 'upload-result';
  render(
    html`<header>
        <h2 class="name" title=${name}>${name}</h2>
        <button type="button" class="remove" data-testid="remove-picture" aria-label="Remove ${name}"
          @click=${() => onRemove(card)}>×</button>
      </header>
      ${content}`,
    card,
  );
  return card;
}

/** The picture, small, with a box around each digit. */
function preview({ preview, width, height, digits, text }: ImageReading): TemplateResult {
  const margin = BOX_MARGIN * Math.max(width, height);
  const image = preview && svg`<image href=${URL.createObjectURL(preview)} width=${width} height=${height} />`;
  const boxes = digits.map(
    ({ box, digit }) => svg`<rect class=${digit === null ? 'unsure' : ''} x=${box.x - margin} y=${box.y - margin}
      width=${box.width + 2 * margin} height=${box.height + 2 * margin} />`,
  );
  return html`<div class="preview">
    <svg viewBox="0 0 ${width} ${height}" role="img" aria-label="The picture with a box round each digit: ${text}">
      ${image ?? nothing}${boxes}
    </svg>
  </div>`;
}

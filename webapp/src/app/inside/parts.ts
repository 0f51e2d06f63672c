import { html, nothing, render } from 'lit-html';
import type { Inside } from '../../api';
import { CLASSES } from '../../ink';
import { insideText } from '../texts/inside/insideText';
import { answerPicture, featuresPicture, mapsPicture, networkPicture, type Picture } from './pictures';
import { type StageLayers, stagesOf } from './stages';

/** The parts of the view, from the ink to the answer. */
export interface Parts {
  readonly pictures: readonly Picture[];
  /** The canvas of what the network sees. */
  readonly network: HTMLCanvasElement;
  /** Whether there is a picture for each layer of it. */
  fits(inside: Inside): boolean;
  /** Check the digit that the heat is about. */
  select(digit: number | null): void;
}

const DIGITS = Array.from({ length: CLASSES }, (_, digit) => digit);

/** Build the parts in `place`: once without layers, again when the layers are known. */
export function renderParts(place: HTMLElement, inside: Inside | null, onChoose: (digit: number) => void): Parts {
  const network = networkPicture();
  const answer = answerPicture();
  const maps = inside?.layers.map((layer, index) => mapsPicture(index, layer)) ?? [];
  const count = inside?.features.length ?? 0;
  const summary = inside ? featuresPicture(count) : null;
  const stageOf = ({ stage, layers }: StageLayers, index: number) => {
    const { channels = 0, width = 0, height = 0 } = layers[0] ?? {};
    const { title, sentences } = insideText.stages[stage](channels, width * height);
    const figures = layers.map((layer) => {
      const canvas = maps[inside?.layers.indexOf(layer) ?? -1]?.canvas;
      const size = insideText.maps(layer.channels, layer.width, layer.height);
      canvas?.setAttribute('aria-label', `${title}: ${size}`);
      return html`<figure>${canvas}<figcaption>${size}</figcaption></figure>`;
    });
    return html`<li class="part" data-part=${stage}><h3>${title}</h3>${figures}${index === 0 ? scale() : nothing}<p>${sentences}</p></li>`;
  };
  const partOf = (name: 'summary' | 'answer', { canvas }: Picture) => {
    const { title, sentences } = insideText[name](count);
    canvas.setAttribute('aria-label', title);
    return html`<li class="part" data-part=${name}><h3>${title}</h3><figure>${canvas}</figure><p>${sentences}</p></li>`;
  };
  render(
    html`<p role="status"></p>
      <ol>
        ${inkPart(network, onChoose)}
        ${inside ? stagesOf(inside.layers).map(stageOf) : nothing}
        ${summary ? partOf('summary', summary) : nothing}
        ${inside ? partOf('answer', answer) : nothing}
      </ol>`,
    place,
  );
  const choices = [...place.querySelectorAll<HTMLInputElement>('input[type="radio"]')];
  const pictures = [network, ...maps, ...(summary ? [summary, answer] : [])];
  const shapes = ({ layers }: Inside) => layers.map(({ channels, width, height }) => [channels, width, height]).join();
  return {
    pictures,
    network: network.canvas,
    fits: (other) => inside !== null && shapes(inside) === shapes(other) && other.features.length === count,
    select: (digit) => {
      for (const [i, choice] of choices.entries()) choice.checked = i === digit;
    },
  };
}

/** How strongly a filter lights up, by colour. */
function scale() {
  const { weak, strong } = insideText;
  return html`<p class="scale"><span>${weak}</span><i></i><span>${strong}</span></p>`;
}

function inkPart({ canvas }: Picture, onChoose: (digit: number) => void) {
  const { ink, decides } = insideText;
  canvas.setAttribute('aria-label', ink.title); // until the heat says more
  return html`
    <li class="part" data-part="ink">
      <h3>${ink.title}</h3>
      <figure class="network">${canvas}</figure>
      <p>${ink.sentences}</p>
      <h4>${decides.title}</h4>
      <p>${decides.sentences}</p>
      <ul class="legend">
        <li class="for">${decides.speaksFor}</li>
        <li class="neither">${decides.neither}</li>
        <li class="against">${decides.speaksAgainst}</li>
      </ul>
      <fieldset>
        <legend>${decides.ask}</legend>
        <div class="digits">
          ${DIGITS.map(
            (digit) => html`<label><input type="radio" name="inside-digit" data-testid="inside-digit-${digit}"
              aria-label=${decides.about(digit)} @change=${() => onChoose(digit)} /><span>${digit}</span></label>`,
          )}
        </div>
      </fieldset>
    </li>`;
}

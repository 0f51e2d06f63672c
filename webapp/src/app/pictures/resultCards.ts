import { html, nothing, svg, type TemplateResult } from 'lit-html';
import type { ImageReading } from '../../recognizer';
import { picturesText } from '../texts/pictures/picturesText';
import { text } from '../texts/text';
import { isDoubtful, linesOf, mayBe, type PictureDigit, worstDigit } from './pictureResult';

/** A picture on which digits were read. */
export interface ReadPicture {
  readonly name: string;
  readonly reading: ImageReading;
  /** The digits with what the user said of them. */
  digits: readonly PictureDigit[];
  /** The address of the preview. */
  readonly url: string;
}

/** What a card lets the user do. */
export interface CardActions {
  readonly open: () => void;
  readonly copy: () => void;
  readonly remove: () => void;
}

const COPY = 'M9 9h10v11H9zM5 15V4h10';
const REMOVE = 'M6 6l12 12M18 6L6 18';

/** A button that shows a drawing, with a name. */
export function iconButton(name: string, path: string, action: () => void, testId = ''): TemplateResult {
  return html`<button type="button" class="icon" data-testid=${testId || nothing} aria-label=${name} title=${name} @click=${action}>
    ${icon(path)}</button>`;
}

/** A drawing of lines in a square of 24. */
export function icon(path: string): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true">${svg`<path d=${path} />`}</svg>`;
}

/** The number that was read on a picture; its lines one below the other. */
export function numberOf({ digits }: Pick<ReadPicture, 'digits'>): string {
  return linesOf(digits).join('\n');
}

/** "6 or 8?": what a doubtful digit may be. Empty where it is not in doubt. */
export function doubtOf(digit: PictureDigit | undefined): string {
  if (digit === undefined || !isDoubtful(digit)) return '';
  const [one, other] = mayBe(digit);
  if (one === undefined) return text.page.unsure;
  return other === undefined ? text.page.perhaps(one) : text.page.either(one, other);
}

/** What was read on a picture, the picture small beside it. */
export function pictureCard(picture: ReadPicture, { open, copy, remove }: CardActions): TemplateResult {
  const number = numberOf(picture);
  const doubt = doubtOf(picture.digits[worstDigit(picture.digits)]);
  return html`
    <button type="button" class="open" data-testid="open-picture" @click=${open}>
      <span class="thumbnail"><img src=${picture.url} alt="" loading="lazy" decoding="async" draggable="false" /></span>
      <span class="read">
        ${
          number
            ? html`<bdi class="number" dir="ltr" data-length=${lengthOf(number)}>${number}</bdi>`
            : html`<span class="none">${picturesText.noDigits}</span>`
        }
        <span class="doubt" ?hidden=${doubt === ''}>${doubt}</span>
        <bdi class="name">${picture.name}</bdi>
      </span>
    </button>
    ${iconButton(picturesText.copyOne(number.replaceAll('\n', ' ')), COPY, copy, 'copy-result')}
    ${iconButton(picturesText.remove(picture.name), REMOVE, remove, 'remove-picture')}`;
}

/** Long numbers are set smaller. */
function lengthOf(number: string): string {
  const longest = Math.max(...number.split('\n').map((line) => line.length));
  return longest > 14 ? 'long' : longest > 6 || number.includes('\n') ? 'medium' : 'short';
}

/** In one line: which file could not be read, and why. */
export function failureLine(name: string, why: string): TemplateResult {
  return html`<bdi class="name">${name}</bdi> <span class="why">${why}</span>`;
}

/** A doubtful digit in the strip: cut out of its picture, with what it may be and the number that it belongs to. */
export function checkButton(picture: ReadPicture, open: () => void): TemplateResult {
  const doubt = doubtOf(picture.digits[worstDigit(picture.digits)]);
  return html`<button type="button" data-testid="check-picture" @click=${open}>
    <span class="cut-out"><img src=${picture.url} alt="" draggable="false" /></span>
    <span class="doubt">${doubt}</span>
    <bdi class="number" dir="ltr">${numberOf(picture).replaceAll('\n', ' ')}</bdi>
  </button>`;
}

/** How much of a cut-out is its digit. */
const DIGIT_SHARE = 0.62;

/** Move the picture behind a square hole so that its digit shows. (The page's policy allows no style in templates.) */
export function placeCutOut(
  image: HTMLElement,
  { reading: { width, height, digits } }: ReadPicture,
  index: number,
): void {
  const box = digits[index]?.box;
  if (box === undefined) return;
  const side = Math.max(box.width, box.height) / DIGIT_SHARE;
  const part = (length: number) => `${(100 * length) / side}%`;
  image.style.width = part(width);
  image.style.height = part(height);
  image.style.left = part(side / 2 - box.x - box.width / 2);
  image.style.top = part(side / 2 - box.y - box.height / 2);
}

import { html, nothing, svg, type TemplateResult } from 'lit-html';
import type { ImageReading } from '../../api';
import { picturesText } from '../texts/pictures/picturesText';
import { text } from '../texts/text';
import {
  EMPTY,
  type EmptyPlace,
  isDoubtful,
  linesOf,
  mayBe,
  type PictureDigit,
  type Upright,
  worstDigit,
} from './pictureResult';
import { remarkLine } from './remarkLine';

/** A picture on which digits were read. */
export interface ReadPicture {
  /** To read it again. */
  readonly file: File;
  readonly name: string;
  reading: ImageReading;
  /** The digits with what the user said of them. */
  digits: readonly PictureDigit[];
  /** The empty boxes in its rows of boxes. */
  empty: readonly EmptyPlace[];
  /** Where the digits are in the preview. */
  upright: Upright;
  /** The address of the preview, the right way up. */
  url: string;
  /** Whether the user turned it. */
  byUser: boolean;
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

/** The number that was read on a picture, "_" for an empty box; its lines one below the other. */
export function numberOf({ digits, empty }: Pick<ReadPicture, 'digits' | 'empty'>): string {
  return linesOf(digits, empty).join('\n');
}

/** A number in which an empty box is drawn, and named to a screen reader. */
export function shownNumber(number: string): (string | TemplateResult)[] {
  return number.split(EMPTY).flatMap((part, i) => (i === 0 ? [part] : [emptyPlace(), part]));
}

/** A number in a sentence, with a word for an empty box. */
export function spoken(number: string): string {
  return number.replaceAll('\n', ' ').replaceAll(EMPTY, ` ${picturesText.empty} `).replace(/ +/g, ' ').trim();
}

/** An empty box, as large as a digit. */
export function emptyPlace(): TemplateResult {
  return html`<span class="empty-place" role="img" aria-label=${picturesText.empty}></span>`;
}

/** What happened to a picture, in one line; empty where nothing did. */
export function remarkOf({ reading, byUser }: ReadPicture): string {
  return remarkLine(reading.remarks, picturesText.remarks, byUser);
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
  const remark = remarkOf(picture);
  return html`
    <button type="button" class="open" data-testid="open-picture" @click=${open}>
      <span class="thumbnail"><img src=${picture.url} alt="" loading="lazy" decoding="async" draggable="false" /></span>
      <span class="read">
        ${
          number
            ? html`<bdi class="number" dir="ltr" data-length=${lengthOf(number)}>${shownNumber(number)}</bdi>`
            : html`<span class="none">${picturesText.noDigits}</span>`
        }
        <span class="doubt" ?hidden=${doubt === ''}>${doubt}</span>
        <span class="remark" data-testid="remark" ?hidden=${remark === ''}>${remark}</span>
        <bdi class="name">${picture.name}</bdi>
      </span>
    </button>
    ${iconButton(picturesText.copyOne(spoken(number)), COPY, copy, 'copy-result')}
    ${iconButton(picturesText.remove(picture.name), REMOVE, remove, 'remove-picture')}`;
}

/** Long numbers are set smaller. */
function lengthOf(number: string): string {
  const longest = Math.max(...number.split('\n').map((line) => line.length));
  return longest > 14 ? 'long' : longest > 6 || number.includes('\n') ? 'medium' : 'short';
}

/** A picture that is being read: how far it is, and a way to stop. It is as large as most cards will be. */
export function readingCard(name: string, share: number, stop: () => void): TemplateResult {
  return html`
    <span class="thumbnail"></span>
    <span class="read">
      <progress aria-label=${picturesText.share(name)} value=${share}></progress>
      <bdi class="name">${name}</bdi>
    </span>
    <button type="button" data-testid="stop-reading" aria-label=${picturesText.stopReading(name)}
      @click=${stop}>${picturesText.stop}</button>`;
}

/** A picture that the user stopped, in one line, with a way to read it after all. */
export function stoppedLine(name: string, again: () => void, remove: () => void): TemplateResult {
  return html`<bdi class="name">${name}</bdi> <span class="why">${picturesText.stopped}</span>
    <button type="button" data-testid="read-again" aria-label=${picturesText.readAgain(name)}
      @click=${again}>${text.page.readAgain}</button>
    ${iconButton(picturesText.remove(name), REMOVE, remove, 'remove-picture')}`;
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
    <bdi class="number" dir="ltr">${shownNumber(numberOf(picture).replaceAll('\n', ' '))}</bdi>
  </button>`;
}

/** How much of a cut-out is its digit. */
const DIGIT_SHARE = 0.62;

/** Move the picture behind a square hole so that its digit shows. (The page's policy allows no style in templates.) */
export function placeCutOut(
  image: HTMLElement,
  { upright: { width, height, boxes } }: ReadPicture,
  index: number,
): void {
  const box = boxes[index];
  if (box === undefined) return;
  const side = Math.max(box.width, box.height) / DIGIT_SHARE;
  const part = (length: number) => `${(100 * length) / side}%`;
  image.style.width = part(width);
  image.style.height = part(height);
  image.style.left = part(side / 2 - box.x - box.width / 2);
  image.style.top = part(side / 2 - box.y - box.height / 2);
}

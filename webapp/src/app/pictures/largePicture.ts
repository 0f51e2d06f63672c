import { html, render, type TemplateResult } from 'lit-html';
import type { ImageReading } from '../../api';
import type { QuarterTurn } from '../../bitmap';
import { make } from '../dom';
import { picturesText } from '../texts/pictures/picturesText';
import { sentenceFor } from '../texts/sentenceFor';
import { text } from '../texts/text';
import { showModalForBack } from './backLeaves';
import { digitBoxes, isPage, placeAfterKey, placeBoxes, placeOf, stateOf } from './digitBoxes';
import { type HowToRead, LATE_MS } from './pictureReader';
import { imageOf, isDoubtful, type PictureDigit, placesByLine, shownAs } from './pictureResult';
import type { PicturesHost } from './picturesHost';
import {
  doubtOf,
  emptyPlace,
  icon,
  iconButton,
  numberOf,
  type ReadPicture,
  remarkOf,
  shownNumber,
} from './resultCards';

/** What a large picture needs from the sheet of results. */
export interface LargePictureHost {
  readonly pictures: () => readonly ReadPicture[];
  readonly onPick: PicturesHost['onPick'];
  /** The user said what a digit is. */
  readonly onChange: (picture: ReadPicture) => void;
  readonly onClose: (picture: ReadPicture) => void;
  readonly copy: (picture: ReadPicture) => Promise<void>;
  /** Read a picture again, another way up. It changes, unless this is rejected. */
  readonly turn: (picture: ReadPicture, how: HowToRead & { readonly turn: QuarterTurn }) => Promise<void>;
  readonly say: (sentence: string) => void;
}

/** A picture that is being read again. */
interface Turning {
  readonly picture: ReadPicture;
  readonly turn: QuarterTurn;
  readonly controller: AbortController;
  /** How much is done, 0 to 1; null as long as nobody has to be told. */
  share: number | null;
}

const PREVIOUS = 'M15 5l-7 7 7 7';
const NEXT = 'M9 5l7 7-7 7';
const CLOSE = 'M6 6l12 12M18 6L6 18';
const TURN = 'M19 12a7 7 0 1 1-2.1-5M17.5 2.5v5h-5';

/** One picture, large, with a button over each digit; beside it the digits in their lines. */
export class LargePicture {
  readonly #host: LargePictureHost;
  readonly #content = make('div', 'content');
  /** Its owner may add to it. */
  readonly dialog = make('dialog', 'large-picture', this.#content);
  #picture: ReadPicture | null = null;
  #selected = 0;
  /** The reading whose boxes are in their places. */
  #placed: ImageReading | null = null;
  #turning: Turning | null = null;

  constructor(host: LargePictureHost) {
    this.#host = host;
    this.dialog.dataset.testid = 'picture';
    this.dialog.setAttribute('aria-labelledby', 'picture-title');
    this.dialog.addEventListener('close', () => this.#picture && host.onClose(this.#picture));
    document.body.append(this.dialog);
  }

  /** Show a picture with one of its digits selected. */
  open(picture: ReadPicture, selected = 0): void {
    this.#picture = picture;
    this.#selected = selected;
    this.#show();
    void showModalForBack(this.dialog);
    this.#boxes[selected]?.focus();
  }

  get #boxes(): NodeListOf<HTMLElement> {
    return this.dialog.querySelectorAll('[data-testid="picture-digit"]');
  }

  #show(): void {
    const picture = this.#picture;
    if (picture === null) return;
    const { name, url, digits } = picture;
    const pictures = this.#host.pictures();
    const place = pictures.indexOf(picture);
    const stepButton = (title: string, path: string, by: number, testId: string) => html`
      <button type="button" class="icon" data-testid=${testId} aria-label=${title} title=${title}
        aria-disabled=${pictures[place + by] === undefined} ?hidden=${pictures.length < 2}
        @click=${() => pictures[place + by] && this.open(pictures[place + by] as ReadPicture)}>${icon(path)}</button>`;
    const number = numberOf(picture);
    const remark = remarkOf(picture);
    const nextToCheck = this.#nextToCheck(pictures, place);
    render(
      html`<header class="large-head">
          <div class="title">
            <h2 id="picture-title"><bdi dir="ltr">${number ? shownNumber(number.replaceAll('\n', ' ')) : picturesText.noDigits}</bdi></h2>
            <bdi class="name">${name}</bdi>
          </div>
          ${stepButton(picturesText.previous, PREVIOUS, -1, 'previous-picture')}
          ${stepButton(picturesText.next, NEXT, 1, 'next-picture')}
          ${iconButton(text.page.close, CLOSE, () => this.dialog.close(), 'close-picture')}
        </header>
        <div class="view" data-page=${isPage(digits)}>
          <div class="frame">
            <img src=${url} alt="" draggable="false" />
            <div role="group" aria-label=${picturesText.onPicture} @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
              @focusin=${(event: Event) => this.#onFocus(placeOf(event))} @click=${(event: Event) => this.#onClick(event)}>
              ${digitBoxes(digits, this.#selected)}
            </div>
          </div>
        </div>
        ${this.#turningNote(picture)}
        <div class="beside">
          <p class="remark" ?hidden=${remark === ''}>${remark}</p>
          <div class="lines" dir="ltr" data-page=${isPage(digits)} @click=${(event: Event) => this.#onClick(event)}>${this.#lines(picture)}</div>
          <p class="how" ?hidden=${digits.length === 0}>${picturesText.hint}</p>
          <div class="buttons">
            <button type="button" data-testid="next-to-check" class="primary" ?hidden=${nextToCheck === null}
              @click=${() => nextToCheck && this.open(nextToCheck.picture, nextToCheck.digit)}>${picturesText.nextToCheck}</button>
            <button type="button" data-testid="copy-picture" ?hidden=${number === ''}
              @click=${() => void this.#host.copy(picture)}>${picturesText.copy}</button>
            <button type="button" data-testid="turn-picture" class="turn"
              @click=${() => void this.#turn(picture)}>${icon(TURN)}${picturesText.turn}</button>
          </div>
        </div>`,
      this.#content,
    );
    if (this.#placed !== picture.reading) {
      this.#placed = picture.reading;
      placeBoxes(this.dialog.querySelector('.frame') as HTMLElement, this.#boxes, picture.upright);
    }
    if (isPage(digits)) showInLine(this.dialog.querySelector<HTMLElement>('.digit[data-selected="true"]'));
  }

  /** The digits in their lines: larger targets for a finger. The keyboard and screen readers have the boxes. */
  #lines({ digits, empty }: ReadPicture): TemplateResult[] {
    const lines = placesByLine(digits, empty);
    // Of a page only the line of the selected digit: a thousand more buttons would be slow, and long to scroll.
    const shown = isPage(digits) ? lines.filter((line) => line.includes(this.#selected)) : lines;
    const inLine = (digit: PictureDigit, i: number) => html`<button type="button" class="digit" tabindex="-1"
      aria-hidden="true" data-place=${i} data-state=${stateOf(digit)} data-selected=${i === this.#selected}>
      <span>${shownAs(digit) || '–'}</span><small ?hidden=${doubtOf(digit) === ''}>${doubtOf(digit)}</small></button>`;
    return shown.map((line) => {
      const places = line.map((i) => (i === null ? emptyPlace() : inLine(digits[i] as PictureDigit, i)));
      return html`<p>${places}</p>`;
    });
  }

  /** How far a picture is that is being read again, and a way to stop. */
  #turningNote(picture: ReadPicture): TemplateResult {
    const turning = this.#turning?.picture === picture ? this.#turning : null;
    return html`<div class="turning" ?hidden=${turning?.share == null}>
      <progress aria-label=${picturesText.share(picture.name)} value=${turning?.share ?? 0}></progress>
      <button type="button" data-testid="stop-turning" aria-label=${picturesText.stopReading(picture.name)}
        @click=${() => turning?.controller.abort()}>${picturesText.stop}</button>
    </div>`;
  }

  /** Turn a picture by a quarter; by one more where it is being turned already. */
  async #turn(picture: ReadPicture): Promise<void> {
    const before = this.#turning?.picture === picture ? this.#turning : null;
    const from = before?.turn ?? picture.reading.remarks.turned;
    before?.controller.abort();
    const turn = ((from + 90) % 360) as QuarterTurn;
    const turning: Turning = { picture, turn, controller: new AbortController(), share: null };
    this.#turning = turning;
    const { signal } = turning.controller;
    const tell = (share: number) => {
      turning.share = share;
      if (!signal.aborted) this.#show();
    };
    const late = setTimeout(() => tell(0), LATE_MS);
    const onProgress = (share: number) => turning.share !== null && tell(share);
    try {
      await this.#host.turn(picture, { turn, signal, onProgress });
      if (this.#picture === picture) this.#selected = 0;
    } catch (error) {
      if (!signal.aborted) this.#host.say(sentenceFor(error));
    }
    clearTimeout(late);
    const hadFocus = document.activeElement?.closest('.turning') != null;
    if (this.#turning === turning) this.#turning = null;
    this.#show();
    if (hadFocus) this.dialog.querySelector<HTMLElement>('.turn')?.focus();
  }

  #onFocus(place: number | undefined): void {
    if (place === undefined || place === this.#selected) return;
    this.#selected = place;
    this.#show();
  }

  #onClick(event: Event): void {
    const place = placeOf(event);
    if (place !== undefined) void this.#ask(place, (event.target as Element).closest('button') as HTMLElement);
  }

  #onKey(event: KeyboardEvent): void {
    const { digits, upright } = this.#picture as ReadPicture;
    const place = placeAfterKey(event.key, this.#selected, digits, upright);
    if (place === undefined) return;
    event.preventDefault();
    this.#boxes[place]?.focus();
  }

  async #ask(index: number, anchor: HTMLElement): Promise<void> {
    const picture = this.#picture;
    const digit = picture?.digits[index];
    if (!picture || !digit) return;
    this.#onFocus(index);
    const { reading } = picture;
    const { digit: read, said = read } = digit;
    const set = (label: PictureDigit['said']) => {
      if (picture.reading !== reading) return; // it was turned since
      picture.digits = picture.digits.map((one, i) => (i === index ? { ...one, said: label } : one));
      this.#show();
      this.#host.onChange(picture);
    };
    const pixels = imageOf(reading, index);
    const answer = await this.#host.onPick({ digit: said, pixels }, anchor, () => set(digit.said));
    if (answer !== undefined) set(answer);
  }

  /** The next doubtful digit after the selected one, on this picture or on the following ones. */
  #nextToCheck(pictures: readonly ReadPicture[], place: number): { picture: ReadPicture; digit: number } | null {
    const all = pictures.flatMap((picture, at) =>
      picture.digits.flatMap((one, digit) => (isDoubtful(one) ? [{ picture, at, digit }] : [])),
    );
    const others = all.filter(({ at, digit }) => at !== place || digit !== this.#selected);
    const after = others.find(({ at, digit }) => at > place || (at === place && digit > this.#selected));
    return after ?? others[0] ?? null;
  }
}

/** Scroll a line so that one of its digits is in its middle. */
function showInLine(digit: HTMLElement | null): void {
  const line = digit?.parentElement;
  if (!digit || !line) return;
  const [{ left, width }, whole] = [digit.getBoundingClientRect(), line.getBoundingClientRect()];
  line.scrollLeft += left + width / 2 - whole.left - whole.width / 2;
}

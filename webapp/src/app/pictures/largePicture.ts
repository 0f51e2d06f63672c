import { html, render } from 'lit-html';
import { make } from '../dom';
import { picturesText } from '../texts/pictures/picturesText';
import { text } from '../texts/text';
import { showModalForBack } from './backLeaves';
import { imageOf, isDoubtful, type PictureDigit, shownAs } from './pictureResult';
import type { PicturesHost } from './picturesHost';
import { doubtOf, icon, iconButton, numberOf, type ReadPicture } from './resultCards';

/** What a large picture needs from the sheet of results. */
export interface LargePictureHost {
  readonly pictures: () => readonly ReadPicture[];
  readonly onPick: PicturesHost['onPick'];
  /** The user said what a digit is. */
  readonly onChange: (picture: ReadPicture) => void;
  readonly onClose: (picture: ReadPicture) => void;
  readonly copy: (picture: ReadPicture) => Promise<void>;
}

const PREVIOUS = 'M15 5l-7 7 7 7';
const NEXT = 'M9 5l7 7-7 7';
const CLOSE = 'M6 6l12 12M18 6L6 18';

/** A picture's share that a box is larger than its digit, on each side. */
const MARGIN = 0.008;

/** One picture, large, with a button over each digit; beside it the digits in their lines. */
export class LargePicture {
  readonly #host: LargePictureHost;
  readonly #content = make('div', 'content');
  /** Its owner may add to it. */
  readonly dialog = make('dialog', 'large-picture', this.#content);
  #picture: ReadPicture | null = null;
  #selected = 0;

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
    this.#select(selected);
    void showModalForBack(this.dialog);
    this.#boxes[this.#selected]?.focus();
  }

  get #boxes(): NodeListOf<HTMLElement> {
    return this.dialog.querySelectorAll('[data-testid="picture-digit"]');
  }

  #select(index: number): void {
    this.#selected = index;
    this.#show();
    if (this.dialog.open) this.#boxes[index]?.focus();
  }

  #show(): void {
    const picture = this.#picture;
    if (picture === null) return;
    const { name, url, digits } = picture;
    const pictures = this.#host.pictures();
    const place = pictures.indexOf(picture);
    const step = (by: number) => {
      const other = pictures[place + by];
      if (other) this.open(other);
    };
    const stepButton = (title: string, path: string, by: number, testId: string) => html`
      <button type="button" class="icon" data-testid=${testId} aria-label=${title} title=${title}
        aria-disabled=${pictures[place + by] === undefined} ?hidden=${pictures.length < 2}
        @click=${() => step(by)}>${icon(path)}</button>`;
    const number = numberOf(picture);
    const nextToCheck = this.#nextToCheck(pictures, place);
    render(
      html`<header class="large-head">
          <div class="title">
            <h2 id="picture-title"><bdi dir="ltr">${number.replaceAll('\n', ' ') || picturesText.noDigits}</bdi></h2>
            <bdi class="name">${name}</bdi>
          </div>
          ${stepButton(picturesText.previous, PREVIOUS, -1, 'previous-picture')}
          ${stepButton(picturesText.next, NEXT, 1, 'next-picture')}
          ${iconButton(text.page.close, CLOSE, () => this.dialog.close(), 'close-picture')}
        </header>
        <div class="view">
          <div class="frame">
            <img src=${url} alt="" draggable="false" />
            <div role="group" aria-label=${picturesText.onPicture} @keydown=${(event: KeyboardEvent) => this.#onKey(event)}>
              ${digits.map((digit, i) => this.#box(digit, i, digits.length))}
            </div>
          </div>
        </div>
        <div class="beside">
          <div class="lines" dir="ltr">${linesByNumber(digits).map((line) => html`<p>${line.map((i) => this.#inLine(digits[i] as PictureDigit, i))}</p>`)}</div>
          <p class="how">${picturesText.hint}</p>
          <div class="buttons">
            <button type="button" data-testid="next-to-check" class="primary" ?hidden=${nextToCheck === null}
              @click=${() => nextToCheck && this.open(nextToCheck.picture, nextToCheck.digit)}>${picturesText.nextToCheck}</button>
            <button type="button" data-testid="copy-picture" ?hidden=${number === ''}
              @click=${() => void this.#host.copy(picture)}>${picturesText.copy}</button>
          </div>
        </div>`,
      this.#content,
    );
    this.#placeBoxes(picture);
  }

  #box(digit: PictureDigit, i: number, all: number) {
    const said = [shownAs(digit) || picturesText.noDigit, doubtOf(digit)].filter((part) => part).join(', ');
    return html`<button type="button" class="box" data-testid="picture-digit" data-state=${stateOf(digit)}
      data-selected=${i === this.#selected}
      tabindex=${i === this.#selected ? 0 : -1} aria-label=${picturesText.digit(said, i + 1, all)}
      @focus=${() => this.#onFocus(i)} @click=${({ currentTarget }: Event) => void this.#ask(i, currentTarget as HTMLElement)}>
      <span class="tag">${shownAs(digit) || '–'}</span></button>`;
  }

  /** The same digit in its line: a larger target for a finger. The keyboard and screen readers have the box. */
  #inLine(digit: PictureDigit, i: number) {
    return html`<button type="button" class="digit" tabindex="-1" aria-hidden="true" data-state=${stateOf(digit)}
      data-selected=${i === this.#selected} @click=${({ currentTarget }: Event) => void this.#ask(i, currentTarget as HTMLElement)}>
      <span>${shownAs(digit) || '–'}</span><small ?hidden=${doubtOf(digit) === ''}>${doubtOf(digit)}</small></button>`;
  }

  /** The page's policy allows no style in templates. */
  #placeBoxes({ reading: { width, height, digits } }: ReadPicture): void {
    this.dialog.querySelector<HTMLElement>('.frame')?.style.setProperty('--ratio', String(width / height));
    const margin = MARGIN * Math.max(width, height);
    const part = (length: number, whole: number) => `${(100 * length) / whole}%`;
    for (const [i, { style }] of this.#boxes.entries()) {
      const box = digits[i]?.box;
      if (box === undefined) continue;
      style.left = part(box.x - margin, width);
      style.top = part(box.y - margin, height);
      style.width = part(box.width + 2 * margin, width);
      style.height = part(box.height + 2 * margin, height);
    }
  }

  #onFocus(index: number): void {
    if (index === this.#selected) return;
    this.#selected = index;
    this.#show();
  }

  #onKey(event: KeyboardEvent): void {
    const { digits = [] } = this.#picture ?? {};
    const target = {
      ArrowLeft: this.#selected - 1,
      ArrowRight: this.#selected + 1,
      ArrowUp: this.#inNextLine(-1),
      ArrowDown: this.#inNextLine(1),
      Home: 0,
      End: digits.length - 1,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    this.#select(Math.max(0, Math.min(digits.length - 1, target)));
  }

  /** The digit of the line above or below that is nearest to the selected one. */
  #inNextLine(by: number): number {
    if (this.#picture === null) return this.#selected;
    const { digits, reading } = this.#picture;
    const middle = (i: number) => {
      const { x = 0, width = 0 } = reading.digits[i]?.box ?? {};
      return x + width / 2;
    };
    const line = (digits[this.#selected]?.line ?? 0) + by;
    const there = digits.flatMap((digit, i) => (digit.line === line ? [i] : []));
    const away = (i: number) => Math.abs(middle(i) - middle(this.#selected));
    return there.reduce((best, i) => (away(i) < away(best) ? i : best), there[0] ?? this.#selected);
  }

  async #ask(index: number, anchor: HTMLElement): Promise<void> {
    const picture = this.#picture;
    const digit = picture?.digits[index];
    if (!picture || !digit) return;
    this.#onFocus(index);
    const { digit: read, said = read } = digit;
    const set = (label: PictureDigit['said']) => {
      picture.digits = picture.digits.map((one, i) => (i === index ? { ...one, said: label } : one));
      this.#show();
      this.#host.onChange(picture);
    };
    const pixels = imageOf(picture.reading, index);
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

function stateOf(digit: PictureDigit): 'sure' | 'doubtful' | 'said' | 'none' {
  if (digit.said === null) return 'none';
  if (digit.said !== undefined) return 'said';
  return isDoubtful(digit) ? 'doubtful' : 'sure';
}

/** The places of the digits of each line. */
function linesByNumber(digits: readonly PictureDigit[]): number[][] {
  const lines: number[][] = [];
  for (const [i, { line }] of digits.entries()) {
    lines[line] ??= [];
    lines[line].push(i);
  }
  return lines.filter((line) => line);
}

import { html, nothing, render } from 'lit-html';
import { PictureError } from '../../errors';
import { announce, find, make } from '../dom';
import { saveFile } from '../saveFile';
import { picturesText } from '../texts/pictures/picturesText';
import { sentenceFor } from '../texts/sentenceFor';
import { text } from '../texts/text';
import { asCsv, asText, type Result } from './asCsv';
import { showModalForBack } from './backLeaves';
import { LargePicture } from './largePicture';
import { confidenceOf, digitsOf, linesOf, worstDigit } from './pictureResult';
import type { PicturesHost } from './picturesHost';
import type { Refused } from './readDropped';
import { ReadQueue } from './readQueue';
import {
  checkButton,
  failureLine,
  icon,
  iconButton,
  numberOf,
  pictureCard,
  placeCutOut,
  type ReadPicture,
} from './resultCards';

/** Pixels of the longer side of a preview: enough to show it large. */
const PREVIEW_SIDE = 1024;

/** More pictures that could not be read than this are shown only when the user asks. */
const FEW = 3;

const ADD = 'M12 5v14M5 12h14';
const CLOSE = 'M6 6l12 12M18 6L6 18';

type Item = File | Refused;
type Outcome = ReadPicture | Refused;

/** The results of all pictures, in a dialog over the whole page. They stay when it is closed. */
export class PictureSheet {
  readonly #host: PicturesHost;
  readonly #dialog = make('dialog', 'pictures');
  readonly #head = make('header', 'pictures-head');
  readonly #strip = make('section', 'to-check');
  readonly #list = make('ol', 'results');
  readonly #failures = make('li', 'failures');
  readonly #status = make('p', 'pictures-said');
  /** The result of each item of the list, in its order. */
  readonly #outcomes = new Map<HTMLElement, Outcome>();
  readonly #large: LargePicture;
  readonly #queue = new ReadQueue<Item, Outcome>(
    (item) => this.#read(item),
    (outcome) => this.#append(outcome),
    () => this.#tellResults(),
  );
  /** Whether to show why pictures could not be read; null: if they are few. */
  #showsFailures: boolean | null = null;

  constructor(host: PicturesHost) {
    this.#host = host;
    this.#dialog.dataset.testid = 'pictures';
    this.#dialog.setAttribute('aria-labelledby', 'pictures-title');
    this.#status.setAttribute('role', 'status');
    this.#list.append(this.#failures);
    this.#dialog.append(this.#head, make('div', 'pictures-body', this.#strip, this.#list), this.#status);
    document.body.append(this.#dialog);
    this.#large = new LargePicture({
      pictures: () => this.#pictures,
      onPick: host.onPick,
      onChange: (picture) => this.#update(picture),
      onClose: (picture) => this.#focusOn(picture),
      copy: (picture) => this.#copy(numberOf(picture)),
    });
  }

  /** Show the results. */
  open(): void {
    this.#show();
    void showModalForBack(this.#dialog);
  }

  /** Read files after those that wait; say of what holds no picture why. */
  add(items: readonly Item[]): void {
    if (items.length === 0) return;
    this.#say('');
    this.#queue.add(items);
    this.open();
  }

  get #pictures(): ReadPicture[] {
    return [...this.#outcomes.values()].filter((outcome) => 'reading' in outcome);
  }

  async #read(item: Item): Promise<Outcome> {
    if ('why' in item) return item;
    const { name } = item;
    this.#show();
    try {
      const recognizer = await this.#host.recognizer();
      const reading = await recognizer.readImage(item, { previewSide: PREVIEW_SIDE }).catch((error: Error) => {
        if (error.name === 'StoppedError') this.#host.onFailure(error, recognizer);
        throw error;
      });
      if (reading.nothing !== null) throw new PictureError(reading.nothing, `${name}: ${reading.nothing}`);
      const url = reading.preview ? URL.createObjectURL(reading.preview) : '';
      return { name, reading, digits: digitsOf(reading), url };
    } catch (error) {
      return { name, why: sentenceFor(error) };
    }
  }

  #append(outcome: Outcome): void {
    const item = make('li', '');
    item.dataset.testid = 'upload-result';
    this.#outcomes.set(item, outcome);
    this.#fill(item, outcome);
    this.#list.insertBefore(item, this.#failures);
    this.#show();
  }

  #fill(item: HTMLElement, outcome: Outcome): void {
    if ('why' in outcome) {
      item.className = 'failed';
      item.dataset.error = outcome.why;
      render(failureLine(outcome.name, outcome.why), item);
      return;
    }
    const doubtful = worstDigit(outcome.digits) >= 0;
    item.className = doubtful ? 'result doubtful' : 'result';
    item.dataset.prediction = linesOf(outcome.digits).join('');
    item.dataset.confidence = String(confidenceOf(outcome.digits));
    const actions = {
      open: () => this.#large.open(outcome),
      copy: () => void this.#copy(numberOf(outcome)),
      remove: () => this.#remove(item),
    };
    render(pictureCard(outcome, actions), item);
  }

  /** The user has said what a digit of a picture is. */
  #update(picture: ReadPicture): void {
    const item = this.#itemOf(picture);
    if (item) this.#fill(item, picture);
    this.#show();
    this.#say(picturesText.nowReads(numberOf(picture).replaceAll('\n', ' ')));
  }

  #itemOf(picture: ReadPicture): HTMLElement | undefined {
    for (const [item, outcome] of this.#outcomes) if (outcome === picture) return item;
    return undefined;
  }

  /** The browser returns the focus to what opened the large picture, unless that has gone with the doubt. */
  #focusOn(picture: ReadPicture): void {
    const { activeElement } = document;
    if (activeElement?.closest('.pictures button')) return;
    this.#itemOf(picture)?.querySelector('button')?.focus();
  }

  #show(): void {
    this.#showHead();
    this.#showStrip();
    this.#showFailures();
    this.#host.onCount(this.#outcomes.size);
  }

  #showHead(): void {
    const { progress } = this.#queue;
    const { length: toCheck } = this.#pictures.filter(({ digits }) => worstDigit(digits) >= 0);
    const { add, copy, removeAll, save, reading, summary } = picturesText;
    const title = progress
      ? reading(Math.min(progress.done + 1, progress.all), progress.all)
      : summary(this.#outcomes.size, toCheck);
    const none = this.#outcomes.size === 0;
    const button = (testId: string, name: string, action: () => void) => html`
      <button type="button" data-testid=${testId} ?hidden=${none} @click=${action}>${name}</button>`;
    render(
      html`<h2 id="pictures-title" tabindex="-1" autofocus>${title}</h2>
        <label class="button add" title=${add}>${icon(ADD)}<span aria-hidden="true">${add}</span>
          <input type="file" data-testid="add-pictures" aria-label=${add} accept="image/*" multiple
            @change=${({ target }: Event) => this.#choose(target as HTMLInputElement)} /></label>
        <div class="buttons">
          ${button('copy-results', copy, () => void this.#copy(asText(this.#results)))}
          ${button('save-results', save, () => saveFile('digits.csv', 'text/csv', asCsv(this.#results, picturesText.columns)))}
          ${button('remove-results', removeAll, () => this.#removeAll())}
        </div>
        ${iconButton(text.page.close, CLOSE, () => this.#dialog.close(), 'close-pictures')}
        <progress aria-label=${picturesText.progress} ?hidden=${!progress} max=${progress?.all ?? 1}
          value=${progress?.done ?? 0}></progress>`,
      this.#head,
    );
  }

  #choose(input: HTMLInputElement): void {
    this.add([...(input.files ?? [])]);
    input.value = ''; // the same file may be chosen again
  }

  /** What to look at first: a digit of each picture in doubt. */
  #showStrip(): void {
    const doubtful = this.#pictures.filter(({ digits }) => worstDigit(digits) >= 0);
    this.#strip.hidden = doubtful.length === 0;
    const check = (picture: ReadPicture) => html`<li>
      ${checkButton(picture, () => this.#large.open(picture, worstDigit(picture.digits)))}</li>`;
    render(html`<h3>${picturesText.toCheck}</h3><ul>${doubtful.map(check)}</ul>`, this.#strip);
    for (const [i, image] of this.#strip.querySelectorAll('img').entries()) {
      const picture = doubtful[i] as ReadPicture;
      placeCutOut(image, picture, worstDigit(picture.digits));
    }
  }

  #showFailures(): void {
    const { length: count } = [...this.#outcomes.values()].filter((outcome) => 'why' in outcome);
    const shown = this.#showsFailures ?? count <= FEW;
    this.#list.classList.toggle('collapsed', !shown);
    const toggle = () => {
      this.#showsFailures = !shown;
      this.#showFailures();
    };
    const { failed, removeFailed } = picturesText;
    const line = html`<button type="button" data-testid="failures" aria-expanded=${shown} @click=${toggle}>
        ${failed(count)}</button>
      <button type="button" data-testid="remove-failures" @click=${() => this.#removeFailures()}>${removeFailed}</button>`;
    this.#failures.hidden = count === 0;
    render(count > 0 ? line : nothing, this.#failures);
  }

  get #results(): Result[] {
    return [...this.#outcomes.values()].map((outcome) => {
      const { name } = outcome;
      if ('why' in outcome) return { name, lines: [], confidence: null, remark: outcome.why };
      return { name, lines: linesOf(outcome.digits), confidence: confidenceOf(outcome.digits), remark: '' };
    });
  }

  #remove(item: HTMLElement): void {
    const cards = [...this.#list.querySelectorAll<HTMLElement>('.result')];
    const place = cards.indexOf(item);
    this.#forget(item);
    // The button that had the focus is gone: it goes to the same one of the neighbour.
    const next = cards[place + 1] ?? cards[place - 1];
    this.#closeIfEmpty();
    (next?.querySelector<HTMLElement>('[data-testid="remove-picture"]') ?? this.#head.querySelector('h2'))?.focus();
  }

  #removeFailures(): void {
    for (const item of this.#list.querySelectorAll<HTMLElement>('.failed')) this.#forget(item);
    this.#closeIfEmpty();
    this.#head.querySelector('h2')?.focus();
  }

  #removeAll(): void {
    this.#queue.clear();
    for (const item of [...this.#outcomes.keys()]) this.#forget(item);
    this.#closeIfEmpty();
  }

  #forget(item: HTMLElement): void {
    const outcome = this.#outcomes.get(item);
    if (outcome && 'reading' in outcome) URL.revokeObjectURL(outcome.url);
    this.#outcomes.delete(item);
    item.remove();
  }

  #closeIfEmpty(): void {
    this.#showsFailures = null;
    this.#show();
    if (this.#outcomes.size > 0 || this.#queue.progress) return;
    this.#dialog.close();
    if (document.activeElement === document.body) find('upload').focus();
  }

  async #copy(content: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(content);
      this.#say(text.page.copied);
    } catch {
      this.#say(picturesText.notCopied);
    }
  }

  /** All are read. */
  #tellResults(): void {
    this.#show();
    const title = this.#head.querySelector('h2')?.textContent ?? '';
    const readings = [...this.#outcomes.values()].map((one) => ('why' in one ? one.why : numberOf(one)));
    this.#say(`${title}. ${readings.slice(-FEW).join(', ')}`, false);
  }

  /** Say something; a screen reader reads only what is in the open dialog. */
  #say(sentence: string, visible = true): void {
    const { dialog } = this.#large;
    (dialog.open ? dialog : this.#dialog).append(this.#status);
    this.#status.classList.toggle('visually-hidden', !visible || sentence === '');
    this.#status.textContent = sentence;
    if (!this.#dialog.open && sentence !== '') announce(sentence);
  }
}

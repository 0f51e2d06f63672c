import './pictures.css';
import { html, render } from 'lit-html';
import { PictureError } from '../../errors';
import type { Recognizer } from '../../recognizer';
import { announce, find, make } from '../dom';
import { saveFile } from '../saveFile';
import { sentenceFor } from '../texts/sentenceFor';
import { asCsv, asText, type Result } from './asCsv';
import { errorCard, type PickedDigit, readingCard } from './cards';

/** Pixels of the longer side of a preview: twice what a card shows, for dense screens. */
const PREVIEW_SIDE = 560;

/** What reading pictures needs from the page. */
export interface PicturesHost {
  /** Wait for the recognizer. */
  readonly recognizer: () => Promise<Recognizer>;
  /** The recognizer has stopped. */
  readonly onFailure: (error: Error, recognizer: Recognizer) => void;
  /** The user picked a digit, to say what it is. */
  readonly onPick: (digit: PickedDigit) => void;
}

/** Reads pictures one after the other and shows a card for each, in their order. */
export class PicturePanel {
  readonly #section = find('pictures');
  readonly #host: PicturesHost;
  readonly #head = make('div', 'head');
  readonly #cards = make('div', 'cards');
  readonly #results = new Map<HTMLElement, Result>();
  readonly #waiting: File[] = [];
  #done = 0;
  #reading = false;

  constructor(host: PicturesHost) {
    this.#host = host;
    this.#section.replaceChildren(this.#head, this.#cards);
  }

  /** Read files after those that wait already. */
  add(files: readonly File[]): void {
    this.#waiting.push(...files);
    this.#section.hidden = false;
    this.#show();
    this.#section.scrollIntoView({ block: 'nearest' });
    if (!this.#reading) void this.#readAll();
  }

  /** One at a time, because a decoded picture takes a hundred times the memory of its file. */
  async #readAll(): Promise<void> {
    this.#reading = true;
    for (let file = this.#waiting.shift(); file !== undefined; file = this.#waiting.shift()) {
      this.#cards.append(await this.#read(file));
      this.#done++;
      this.#show();
    }
    this.#reading = false;
    const readings = [...this.#results.values()].map(({ lines, remark }) => lines.join(' ') || remark);
    announce(`${count(this.#done)} read. ${readings.slice(-this.#done).join(', ')}`);
    this.#done = 0;
    this.#show();
  }

  async #read(file: File): Promise<HTMLElement> {
    const remove = (card: HTMLElement) => this.#remove(card);
    const recognizer = await this.#host.recognizer();
    try {
      const reading = await recognizer.readImage(file, { previewSide: PREVIEW_SIDE });
      if (reading.nothing !== null) throw new PictureError(reading.nothing, `${file.name}: ${reading.nothing}`);
      const card = readingCard(file.name, reading, remove, this.#host.onPick);
      const confidence = Math.min(...reading.digits.map((digit) => digit.confidence));
      this.#results.set(card, { name: file.name, lines: reading.lines, confidence, remark: '' });
      return card;
    } catch (error) {
      const { name } = error as Error;
      const remark = sentenceFor(error);
      const card = errorCard(file.name, remark, remove);
      this.#results.set(card, { name: file.name, lines: [], confidence: null, remark });
      if (name === 'StoppedError') this.#host.onFailure(error as Error, recognizer);
      return card;
    }
  }

  /** @param message shown in place of the count. */
  #show(message?: string): void {
    const waiting = this.#waiting.length + (this.#reading ? 1 : 0);
    const all = this.#done + waiting;
    const save = () => saveFile('digits.csv', 'text/csv', asCsv([...this.#results.values()]));
    const summary = waiting === 0 ? count(this.#results.size) : `${this.#done} of ${all} read`;
    render(
      html`<p class="summary">${message ?? summary}</p>
        <progress aria-label="Reading pictures" ?hidden=${waiting === 0} max=${all || 1} value=${this.#done}></progress>
        <div class="buttons" ?hidden=${this.#results.size === 0}>
          <button type="button" data-testid="copy-results" @click=${() => this.#copy()}>Copy</button>
          <button type="button" data-testid="save-results" @click=${save}>Save as CSV</button>
          <button type="button" data-testid="remove-results" @click=${() => this.#removeAll()}>Remove all</button>
        </div>`,
      this.#head,
    );
    if (waiting === 0 && this.#results.size === 0) this.#section.hidden = true;
  }

  #remove(card: HTMLElement): void {
    const next = (card.nextElementSibling ?? card.previousElementSibling)?.querySelector('button');
    this.#forget(card);
    this.#show();
    // The focused button is gone; focus the next card's, or what chooses pictures.
    (next ?? find('upload')).focus();
  }

  #removeAll(): void {
    this.#waiting.length = 0;
    for (const card of [...this.#results.keys()]) this.#forget(card);
    this.#show();
    find('upload').focus();
  }

  #forget(card: HTMLElement): void {
    const preview = card.querySelector('image')?.getAttribute('href');
    if (preview) URL.revokeObjectURL(preview);
    this.#results.delete(card);
    card.remove();
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(asText([...this.#results.values()]));
      this.#tell('Copied.');
    } catch {
      this.#tell('This browser lets no page copy here; save the results instead.');
    }
  }

  #tell(message: string): void {
    this.#show(message);
    announce(message);
  }
}

function count(pictures: number): string {
  return pictures === 1 ? '1 picture' : `${pictures} pictures`;
}

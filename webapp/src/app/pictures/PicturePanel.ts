import { makeButton } from '../makeButton';
import './pictures.css';
import type { ImageReading } from '../../recognizer';
import { asCsv, asText, type Result } from './asCsv';
import { errorCard, readingCard } from './cards';
import type { PicturesHost } from './intake';

/** Pixels of the longer side of a preview: twice what a card shows, for dense screens. */
const PREVIEW_SIDE = 560;

const NO_DIGITS = {
  blank: 'The picture is blank: there is no ink on it.',
  'no-digit': 'No digit was found on the picture; take it closer, and with more light.',
};

/** Reads pictures one after the other and shows a card for each, in the order in which they came. */
export class PicturePanel {
  readonly #host: PicturesHost;
  readonly #section: HTMLElement;
  readonly #progress = document.createElement('progress');
  readonly #summary = document.createElement('p');
  readonly #cards = document.createElement('div');
  readonly #buttons: HTMLElement;
  readonly #results = new Map<HTMLElement, Result>();
  readonly #waiting: File[] = [];
  #done = 0;
  #reading = false;

  constructor(section: HTMLElement, host: PicturesHost) {
    this.#section = section;
    this.#host = host;
    this.#summary.className = 'summary';
    this.#progress.setAttribute('aria-label', 'Reading pictures');
    this.#cards.className = 'cards';
    this.#buttons = element('div', 'buttons');
    this.#buttons.append(
      makeButton('Copy', 'copy-results', () => void this.#copy()),
      makeButton('Save as CSV', 'save-results', () => this.#save()),
      makeButton('Remove all', 'remove-results', () => this.#removeAll()),
    );
    const head = element('div', 'head');
    head.append(this.#summary, this.#progress, this.#buttons);
    section.replaceChildren(head, this.#cards);
  }

  /** Read files after those that wait already. */
  add(files: readonly File[]): void {
    this.#waiting.push(...files);
    this.#section.hidden = false;
    this.#show();
    this.#section.scrollIntoView({ block: 'nearest' });
    if (!this.#reading) void this.#readAll();
  }

  /** One at a time: a decoded picture takes a hundred times the memory of its file. */
  async #readAll(): Promise<void> {
    this.#reading = true;
    for (let file = this.#waiting.shift(); file !== undefined; file = this.#waiting.shift()) {
      const card = await this.#read(file);
      this.#cards.append(card);
      this.#done++;
      this.#show();
    }
    this.#reading = false;
    this.#host.announce(`${count(this.#done)} read. ${this.#readings().join(', ')}`);
    this.#done = 0;
    this.#show();
  }

  async #read(file: File): Promise<HTMLElement> {
    const remove = (card: HTMLElement) => this.#remove(card);
    let card: HTMLElement;
    try {
      const recognizer = await this.#host.recognizer();
      const reading: ImageReading = await recognizer.readImage(file, { previewSide: PREVIEW_SIDE });
      if (reading.nothing !== null) throw new NothingRead(NO_DIGITS[reading.nothing]);
      card = readingCard(file.name, reading, remove);
      const confidence = Math.min(...reading.digits.map((digit) => digit.confidence));
      this.#results.set(card, { name: file.name, lines: reading.lines, confidence, remark: '' });
    } catch (error) {
      const { name, message } = error as Error;
      const sentence = FORESEEN.includes(name) ? message : `The picture could not be read (${message}); try another.`;
      card = errorCard(file.name, sentence, remove);
      this.#results.set(card, { name: file.name, lines: [], confidence: null, remark: sentence });
      if (name === 'StoppedError') this.#host.onFailure(error as Error);
    }
    return card;
  }

  #show(): void {
    const waiting = this.#waiting.length + (this.#reading ? 1 : 0);
    this.#progress.hidden = waiting === 0;
    this.#progress.max = this.#done + waiting;
    this.#progress.value = this.#done;
    this.#summary.textContent =
      waiting === 0 ? count(this.#results.size) : `${this.#done} of ${this.#progress.max} read`;
    this.#buttons.hidden = this.#results.size === 0;
    if (waiting === 0 && this.#results.size === 0) this.#section.hidden = true;
  }

  #remove(card: HTMLElement): void {
    const next = (card.nextElementSibling ?? card.previousElementSibling)?.querySelector('button');
    this.#forget(card);
    this.#show();
    // The button that had the focus is gone: the next one takes it, or what chooses pictures.
    (next ?? document.querySelector<HTMLElement>('[data-testid="upload"]'))?.focus();
  }

  #removeAll(): void {
    this.#waiting.length = 0;
    for (const card of [...this.#results.keys()]) this.#forget(card);
    this.#show();
    document.querySelector<HTMLElement>('[data-testid="upload"]')?.focus();
  }

  #forget(card: HTMLElement): void {
    const preview = card.querySelector('image')?.getAttribute('href');
    if (preview) URL.revokeObjectURL(preview);
    this.#results.delete(card);
    card.remove();
  }

  #readings(): string[] {
    return [...this.#results.values()].slice(-this.#done).map(({ lines, remark }) => lines.join(' ') || remark);
  }

  async #copy(): Promise<void> {
    const text = asText([...this.#results.values()]);
    try {
      await navigator.clipboard.writeText(text);
      this.#say('Copied.');
    } catch {
      this.#say('This browser lets no page copy here; save the results instead.');
    }
  }

  #save(): void {
    const csv = new Blob([asCsv([...this.#results.values()])], { type: 'text/csv' });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(csv);
    link.download = 'digits.csv';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser may still be writing it
  }

  #say(sentence: string): void {
    this.#summary.textContent = sentence;
    this.#host.announce(sentence);
  }
}

/** The errors whose message is a sentence for the user. */
const FORESEEN = ['PictureError', 'NothingRead', 'LoadError', 'ConnectionError', 'StartError', 'StoppedError'];

class NothingRead extends Error {
  override readonly name = 'NothingRead';
}

function count(pictures: number): string {
  return pictures === 1 ? '1 picture' : `${pictures} pictures`;
}

function element(tag: string, className: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}

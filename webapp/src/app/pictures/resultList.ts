import { html, nothing, render } from 'lit-html';
import { make } from '../dom';
import { picturesText } from '../texts/pictures/picturesText';
import { confidenceOf, linesOf, worstDigit } from './pictureResult';
import type { Refused } from './readDropped';
import { failureLine, pictureCard, type ReadPicture, readingCard, stoppedLine } from './resultCards';

/** More pictures that could not be read than this are shown only when the user asks. */
const FEW = 3;

/** A picture that the user stopped. */
export interface Stopped extends Refused {
  readonly file: File;
}

/** What came of one file. */
export type Outcome = ReadPicture | Refused | Stopped;

/** What the list needs from its sheet. */
export interface ResultListHost {
  readonly open: (picture: ReadPicture) => void;
  readonly copy: (picture: ReadPicture) => void;
  /** Read a picture after all, in the item that it has. */
  readonly readAgain: (file: File, item: HTMLElement) => void;
  /** Results were removed; what had the focus is gone, and `next` may take it. */
  readonly onRemove: (next: HTMLElement | null) => void;
}

/** The list of results: cards, and below them a line for each file that could not be read. */
export class ResultList {
  readonly #host: ResultListHost;
  readonly #failures = make('li', 'failures');
  readonly element = make('ol', 'results', this.#failures);
  /** The result of each item, in the order of the files. */
  readonly #outcomes = new Map<HTMLElement, Outcome>();
  /** Whether to show why pictures could not be read; null: if they are few. */
  #showsFailures: boolean | null = null;

  constructor(host: ResultListHost) {
    this.#host = host;
    this.#showFailures();
  }

  get outcomes(): Outcome[] {
    return [...this.#outcomes.values()];
  }

  get pictures(): ReadPicture[] {
    return this.outcomes.filter((outcome) => 'reading' in outcome);
  }

  itemOf(picture: ReadPicture): HTMLElement | undefined {
    for (const [item, outcome] of this.#outcomes) if (outcome === picture) return item;
    return undefined;
  }

  /** Show a picture that is being read, or waits to be read again: in an item, by default in a new one. */
  showReading(name: string, share: number, stop: () => void, item = this.#newItem()): HTMLElement {
    item.className = 'result reading';
    item.dataset.testid = 'reading-picture';
    delete item.dataset.error;
    this.#render(item, readingCard(name, share, stop));
    return item;
  }

  /** Show what came of a file: in an item, by default in a new one. */
  show(outcome: Outcome, item = this.#newItem()): void {
    this.#outcomes.set(item, outcome);
    item.dataset.testid = 'upload-result';
    if ('why' in outcome) this.#fillWithReason(item, outcome);
    else this.#fillWithPicture(item, outcome);
    this.#showFailures();
  }

  removeAll(): void {
    for (const item of [...this.#outcomes.keys()]) this.#forget(item);
    for (const item of this.element.querySelectorAll('.reading')) item.remove();
    this.#showsFailures = null;
    this.#showFailures();
  }

  #fillWithReason(item: HTMLElement, outcome: Refused | Stopped): void {
    const { name, why } = outcome;
    item.dataset.error = why;
    if ('file' in outcome) {
      item.className = 'stopped';
      const again = () => this.#host.readAgain(outcome.file, item);
      this.#render(
        item,
        stoppedLine(name, again, () => this.#remove(item)),
      );
    } else {
      item.className = 'failed';
      this.#render(item, failureLine(name, why));
    }
  }

  #fillWithPicture(item: HTMLElement, picture: ReadPicture): void {
    item.className = worstDigit(picture.digits) >= 0 ? 'result doubtful' : 'result';
    item.dataset.prediction = linesOf(picture.digits).join('');
    item.dataset.confidence = String(confidenceOf(picture.digits));
    const actions = {
      open: () => this.#host.open(picture),
      copy: () => this.#host.copy(picture),
      remove: () => this.#remove(item),
    };
    this.#render(item, pictureCard(picture, actions));
  }

  #newItem(): HTMLElement {
    const item = make('li', '');
    this.element.insertBefore(item, this.#failures);
    return item;
  }

  /** Show something else in an item. If it had the focus, its first button takes it. */
  #render(item: HTMLElement, content: unknown): void {
    const hadFocus = item.contains(document.activeElement);
    render(content, item);
    if (hadFocus && !item.contains(document.activeElement)) item.querySelector('button')?.focus();
  }

  #showFailures(): void {
    const { length: count } = this.outcomes.filter((one) => 'why' in one && !('file' in one));
    const shown = this.#showsFailures ?? count <= FEW;
    this.element.classList.toggle('collapsed', !shown);
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

  #remove(item: HTMLElement): void {
    const cards = [...this.element.querySelectorAll<HTMLElement>('.result, .stopped')];
    const place = cards.indexOf(item);
    this.#forget(item);
    // The button that had the focus is gone: it goes to the same one of the neighbour.
    const next = cards[place + 1] ?? cards[place - 1];
    this.#onRemove(next?.querySelector<HTMLElement>('[data-testid="remove-picture"]') ?? null);
  }

  #removeFailures(): void {
    for (const item of this.element.querySelectorAll<HTMLElement>('.failed')) this.#forget(item);
    this.#onRemove(null);
  }

  #onRemove(next: HTMLElement | null): void {
    this.#showsFailures = null;
    this.#showFailures();
    this.#host.onRemove(next);
  }

  #forget(item: HTMLElement): void {
    const outcome = this.#outcomes.get(item);
    if (outcome && 'reading' in outcome) URL.revokeObjectURL(outcome.url);
    this.#outcomes.delete(item);
    item.remove();
  }
}

import type { LoadProgress } from '../recognizer';

/** The line under the page that says how far things are: loading, ready, or what went wrong with a Retry. */
export class StatusLine {
  readonly #line: HTMLElement;
  readonly #text: HTMLElement;
  readonly #progress: HTMLProgressElement;
  readonly #retry: HTMLButtonElement;
  #use: () => void = () => {};

  constructor(line: HTMLElement, onRetry: () => void) {
    this.#line = line;
    this.#text = line.querySelector('.text') as HTMLElement;
    this.#progress = line.querySelector('progress') as HTMLProgressElement;
    this.#retry = line.querySelector('[data-testid="retry"]') as HTMLButtonElement;
    this.#retry.addEventListener('click', () => {
      onRetry();
      line.focus(); // the button goes, and is not to take the focus with it
    });
    line.querySelector('[data-testid="update"]')?.addEventListener('click', () => this.#use());
  }

  /** The reader's program is on its way, and has not said yet what else it needs. */
  starting(): void {
    this.#set('loading', 'Loading the reader…');
    this.#progress.removeAttribute('value');
  }

  /** How much of the reader has come. */
  loading({ loaded, total }: LoadProgress): void {
    this.#set('loading', `Loading the reader: ${kilobytes(loaded)} of ${kilobytes(total)} KB`);
    this.#progress.max = total;
    this.#progress.value = loaded;
  }

  /** Drawings are read. */
  ready(): void {
    this.#set('ready', 'Ready. What you draw stays on this device.');
  }

  /** One sentence on what went wrong. */
  error(sentence: string): void {
    this.#set('error', sentence);
  }

  /** Whether everything is kept for offline use, or one sentence on why not. */
  offline(whyNot: string | null): void {
    this.#line.dataset.offline = whyNot === null ? 'ready' : 'no';
    const note = this.#line.querySelector('.offline') as HTMLElement;
    note.textContent = whyNot ?? 'Works offline.';
  }

  /** A newer version is ready; `use` puts it to use. */
  newer(use: () => void): void {
    this.#use = use;
    (this.#line.querySelector('.newer') as HTMLElement).hidden = false;
  }

  #set(state: 'loading' | 'ready' | 'error', text: string): void {
    this.#line.dataset.state = state;
    this.#text.textContent = text;
    this.#progress.hidden = state !== 'loading';
    this.#retry.hidden = state !== 'error';
    document.documentElement.dataset.ready = String(state === 'ready');
  }
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 1000);
}

import { find } from '../dom';
import { text } from '../texts/text';
import type { ReaderState } from './readerLife';

/** The line that shows how the reader is: loading, ready, or what went wrong, with a button to try again. */
export class StatusLine {
  readonly #line = find('status');
  #useNewer: () => void = () => {};

  constructor(onRetry: () => void) {
    find('retry').addEventListener('click', () => {
      onRetry();
      this.#line.focus(); // hiding the button would lose the focus
    });
    find('update').addEventListener('click', () => this.#useNewer());
    this.#part('progress').ariaLabel = text.loading.progressName;
  }

  /** Show the state of the reader. */
  show(state: ReaderState): void {
    this.#line.dataset.state = state.name === 'failed' ? 'error' : state.name;
    this.#part('.text').textContent = describe(state);
    const progress = this.#part<HTMLProgressElement>('progress');
    progress.hidden = state.name !== 'loading';
    if (state.name === 'loading' && state.progress) {
      progress.max = state.progress.total;
      progress.value = state.progress.loaded;
    } else progress.removeAttribute('value');
    find('retry').hidden = state.name !== 'failed';
    document.documentElement.dataset.ready = String(state.name === 'ready');
  }

  /** Show whether everything is stored for offline use, or one sentence on why not. */
  showOffline(whyNot: string | null): void {
    this.#line.dataset.offline = whyNot === null ? 'ready' : 'no';
    this.#part('.offline').textContent = whyNot ?? text.loading.offline;
  }

  /** Offer a newer version; `use` switches to it. */
  offerNewer(use: () => void): void {
    this.#useNewer = use;
    this.#part('.newer').hidden = false;
  }

  #part<Kind extends HTMLElement>(selector: string): Kind {
    return this.#line.querySelector(selector) as Kind;
  }
}

function describe(state: ReaderState): string {
  if (state.name === 'failed') return state.sentence;
  if (state.name === 'ready') return text.loading.ready;
  if (!state.progress) return text.loading.starting;
  const { loaded, total } = state.progress;
  return text.loading.progress(Math.round(loaded / 1000), Math.round(total / 1000));
}

import { IMAGE_SIZE, rasterizeInk } from '../ink';
import { find } from './dom';
import type { InsideView } from './inside/inside';
import type { ReaderLife } from './loading/readerLife';
import { showNetworkView } from './reading/networkView';
import type { ShownDigit } from './reading/shownDigits';

const REMEMBERED = 'digitpad-drawer';

/** The drawer "How it was read": what the network sees, and a look inside it. Whether it is open is remembered. */
export class Drawer {
  readonly #reader: ReaderLife;
  readonly #drawer = find('drawer');
  readonly #view = find<HTMLCanvasElement>('network-view');
  #shown: ShownDigit | null = null;
  #inside: Promise<InsideView> | null = null;

  constructor(reader: ReaderLife) {
    this.#reader = reader;
    find('close-drawer').addEventListener('click', () => {
      this.toggle();
      find('menu').focus();
    });
    this.#open(recall());
  }

  get isOpen(): boolean {
    return !this.#drawer.hidden;
  }

  /** Open or close it. */
  toggle(): void {
    this.#open(!this.isOpen);
    try {
      localStorage.setItem(REMEMBERED, this.isOpen ? 'open' : '');
    } catch {
      // Storage is forbidden: it is closed the next time.
    }
  }

  /** Show how a digit was read; null where nothing is read. */
  show(digit: ShownDigit | null): void {
    this.#shown = digit;
    showNetworkView(this.#view, digit ? rasterizeInk(digit.ink) : new Float32Array(IMAGE_SIZE * IMAGE_SIZE));
    void this.#look();
  }

  /** Look inside the network, if the drawer is open: the view of it is fetched with the first look. */
  async #look(): Promise<void> {
    if (!this.isOpen) return;
    this.#inside ??= import('./inside/inside').then(({ mountInside }) => mountInside(find('inside')));
    try {
      const view = await this.#inside;
      const { recognizer } = this.#reader;
      if (this.#shown === null || recognizer === null) return view.clear();
      const { ink, digit, label } = this.#shown;
      view.show({ pixels: rasterizeInk(ink), probabilities: digit.probabilities, digit: label }, recognizer);
    } catch (error) {
      console.warn('The look inside the network did not come.', error);
      this.#inside = null; // the next look tries again
    }
  }

  #open(open: boolean): void {
    this.#drawer.hidden = !open;
    void this.#look();
    document.body.classList.toggle('with-drawer', open);
    find('how').setAttribute('aria-pressed', String(open));
  }
}

function recall(): boolean {
  try {
    return localStorage.getItem(REMEMBERED) === 'open';
  } catch {
    return false;
  }
}

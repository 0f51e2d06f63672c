import type { Recognizer } from '../../recognizer';
import type { PicturePanel } from './PicturePanel';

/** What reading pictures needs of the page. */
export interface PicturesHost {
  /** The recognizer, once it can read. */
  readonly recognizer: () => Promise<Recognizer>;
  /** Told when the recognizer has failed for good. */
  readonly onFailure: (error: Error) => void;
  /** Tell a screen reader. */
  readonly announce: (text: string) => void;
}

/**
 * Take pictures from wherever they come: chosen, photographed, dropped anywhere, pasted. The panel that reads and shows
 * them is fetched with the first.
 *
 * @param section where the panel goes; hidden until then.
 */
export function takePictures(inputs: Iterable<HTMLInputElement>, section: HTMLElement, host: PicturesHost): void {
  let panel: Promise<PicturePanel> | null = null;

  async function add(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    panel ??= import('./PicturePanel').then((module) => new module.PicturePanel(section, host));
    try {
      (await panel).add(files);
    } catch {
      panel = null; // to be fetched again
      section.hidden = false;
      section.textContent = "The page's part for pictures can't be reached; check the connection and try again.";
      host.announce(section.textContent);
    }
  }

  for (const input of inputs) {
    input.addEventListener('change', () => {
      const files = Array.from(input.files ?? []);
      input.value = ''; // the same file may be chosen again
      void add(files);
    });
  }
  addEventListener('paste', ({ clipboardData }) => void add(Array.from(clipboardData?.files ?? [])));
  addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    document.body.classList.add('dropping');
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) document.body.classList.remove('dropping');
  });
  addEventListener('drop', (event) => {
    document.body.classList.remove('dropping');
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault(); // else the browser leaves the page for the picture
    void add(Array.from(event.dataTransfer.files));
  });
}

import { announce, find } from '../dom';
import type { PicturePanel, PicturesHost } from './picturePanel';

/**
 * Accept pictures that are chosen, photographed, pasted, or dropped anywhere. The panel that reads and shows them is
 * fetched with the first.
 */
export function acceptPictures(host: PicturesHost): void {
  let panel: Promise<PicturePanel> | null = null;

  async function add(files: Iterable<File> = []): Promise<void> {
    const pictures = [...files];
    if (pictures.length === 0) return;
    panel ??= import('./picturePanel').then((module) => new module.PicturePanel(host));
    try {
      (await panel).add(pictures);
    } catch {
      panel = null; // fetch it again next time
      const section = find('pictures');
      section.hidden = false;
      section.textContent = "The page's part for pictures can't be reached; check the connection and try again.";
      announce(section.textContent);
    }
  }

  for (const input of [find<HTMLInputElement>('upload'), find<HTMLInputElement>('camera')]) {
    input.addEventListener('change', () => {
      void add(input.files ?? []);
      input.value = ''; // the same file may be chosen again
    });
  }
  addEventListener('paste', ({ clipboardData }) => void add(clipboardData?.files));
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
    event.preventDefault(); // else the browser would open the picture in place of the page
    void add(event.dataTransfer.files);
  });
}

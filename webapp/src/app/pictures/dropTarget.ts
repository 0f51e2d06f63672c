import { make } from '../dom';
import { picturesText } from '../texts/pictures/picturesText';

/** Show a sentence over the whole window while files are dragged over it. */
export function showDropTarget(): void {
  // It covers the window and takes all events, so that leaving it is leaving the window.
  const target = make('div', 'drop-target', make('p', ''));
  target.dataset.testid = 'drop-target';
  target.setAttribute('role', 'status');
  const hide = () => target.remove();
  addEventListener('dragover', ({ dataTransfer }) => {
    if (target.isConnected || !dataTransfer?.types.includes('Files')) return;
    (target.firstChild as HTMLElement).textContent = picturesText.drop;
    // An open dialog covers all that is outside it.
    ([...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body).append(target);
  });
  addEventListener('dragleave', (event) => {
    if (event.target === target || event.relatedTarget === null) hide();
  });
  addEventListener('drop', hide);
  // While something is dragged, there are no such events: it ended without a word, such as over another window.
  for (const ended of ['pointermove', 'pointerdown', 'keydown', 'pagehide']) addEventListener(ended, hide);
}

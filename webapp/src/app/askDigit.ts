import { makeButton } from './makeButton';
import type { showNetworkView } from './networkView';
import type { PictureDigit } from './pictureDigit';

/** Handed in, so that this later part of the page does not part the first one's program in two. */
export type ShowNetworkView = typeof showNetworkView;

/**
 * Ask what a digit of a picture really is.
 *
 * @param show paints what the network saw.
 * @param onAnswer told 0 to 9, or null for no digit; not at all where the question is closed.
 */
export function askDigit(
  { digit, pixels }: PictureDigit,
  show: ShowNetworkView,
  onAnswer: (label: number | null) => void,
): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'learnt asking';
  dialog.dataset.testid = 'ask-digit';
  const title = document.createElement('h2');
  title.id = 'ask-digit-title';
  title.textContent = 'What is it?';
  dialog.setAttribute('aria-labelledby', title.id);
  const canvas = document.createElement('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', digit === null ? 'The digit, which was not read' : `The digit, read as ${digit}`);
  show(canvas, pixels);
  const keys = document.createElement('div');
  keys.className = 'keys';
  const answer = (label: number | null) => {
    dialog.close();
    onAnswer(label);
  };
  for (let label = 0; label <= 9; label++)
    keys.append(makeButton(String(label), `picture-correct-${label}`, () => answer(label)));
  const none = makeButton('Not a digit', 'picture-not-a-digit', () => answer(null));
  const close = makeButton('✕', 'close-ask-digit', () => dialog.close(), 'close');
  close.setAttribute('aria-label', 'Close');
  dialog.append(title, close, canvas, keys, none);
  // The page's own keys are not for what is drawn while this is open.
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (/^[0-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) answer(Number(event.key));
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

import { IMAGE_SIZE } from '../ink';

/** A digit of a picture that the user points at; dispatched where it is shown, and bubbles. */
export const PICTURE_DIGIT = 'picture-digit';

/** What comes with it. */
export interface PictureDigit {
  /** What it was read as; null when unsure. */
  readonly digit: number | null;
  /** 784 pixels, 0 to 1, as the network saw them. */
  readonly pixels: Float32Array;
}

/**
 * Ask what a digit of a picture really is.
 *
 * @param onAnswer told 0 to 9, or null for no digit; not at all where the question is closed.
 */
export function askDigit({ digit, pixels }: PictureDigit, onAnswer: (label: number | null) => void): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'learnt asking';
  dialog.dataset.testid = 'ask-digit';
  const title = document.createElement('h2');
  title.id = 'ask-digit-title';
  title.textContent = 'What is it?';
  dialog.setAttribute('aria-labelledby', title.id);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = IMAGE_SIZE;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', digit === null ? 'The digit, which was not read' : `The digit, read as ${digit}`);
  paintPixels(canvas, pixels);
  const keys = document.createElement('div');
  keys.className = 'keys';
  const answer = (label: number | null) => {
    dialog.close();
    onAnswer(label);
  };
  for (let label = 0; label <= 9; label++)
    keys.append(makeKey(String(label), `picture-correct-${label}`, () => answer(label)));
  const none = makeKey('Not a digit', 'picture-not-a-digit', () => answer(null));
  const close = makeKey('✕', 'close-ask-digit', () => dialog.close());
  close.className = 'close';
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

function makeKey(text: string, testId: string, onClick: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.dataset.testid = testId;
  made.addEventListener('click', onClick);
  return made;
}

function paintPixels(canvas: HTMLCanvasElement, pixels: Float32Array): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const image = context.createImageData(IMAGE_SIZE, IMAGE_SIZE);
  for (const [i, ink] of pixels.entries()) image.data.set([255 * ink, 255 * ink, 255 * ink, 255], 4 * i);
  context.putImageData(image, 0, 0);
}

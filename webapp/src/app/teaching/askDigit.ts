import { html } from 'lit-html';
import { make } from '../dom';
import { onKeys } from '../keys';
import type { PickedDigit } from '../pictures/cards';
import { showNetworkView } from '../reading/networkView';
import { makeDialog, showIn } from './dialog';

const LABELS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/**
 * Ask what a digit of a picture really is.
 *
 * @param onAnswer called with 0 to 9, or null for no digit; not called if the user closes the question.
 */
export function askDigit({ digit, pixels }: PickedDigit, onAnswer: (label: number | null) => void): void {
  const dialog = makeDialog('ask-digit', 'asking');
  const canvas = make('canvas', '');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', digit === null ? 'The digit, which was not read' : `The digit, read as ${digit}`);
  showNetworkView(canvas, pixels);
  const answer = (label: number | null) => {
    dialog.close();
    onAnswer(label);
  };
  const key = (label: number) => html`
    <button type="button" data-testid="correct-${label}" @click=${() => answer(label)}>${label}</button>`;
  const content = html`${canvas}
    <div class="keys">${LABELS.map(key)}</div>
    <button type="button" data-testid="not-a-digit" @click=${() => answer(null)}>Not a digit</button>`;
  showIn(dialog, 'What is it?', 'close-ask-digit', content);
  onKeys('question', dialog, { answer: (key) => answer(key) });
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
}

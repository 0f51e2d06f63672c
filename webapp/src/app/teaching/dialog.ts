import { html, render, type TemplateResult } from 'lit-html';
import { make } from '../dom';

/** Create a modal dialog with a title and a close button, closed. Its content is shown by `showIn`. */
export function makeDialog(testId: string, className = ''): HTMLDialogElement {
  const dialog = make('dialog', `learnt ${className}`);
  dialog.dataset.testid = testId;
  dialog.setAttribute('aria-labelledby', `${testId}-title`);
  document.body.append(dialog);
  return dialog;
}

/** Show a title, a close button and content in a dialog of `makeDialog`. */
export function showIn(dialog: HTMLDialogElement, title: string, closeId: string, content: TemplateResult): void {
  render(
    html`<h2 id="${dialog.dataset.testid}-title">${title}</h2>
      <button type="button" class="close" data-testid=${closeId} aria-label="Close" @click=${() => dialog.close()}>✕</button>
      ${content}`,
    dialog,
  );
}

import './dialog.css';
import { html, render, type TemplateResult } from 'lit-html';
import { make } from './dom';

/**
 * Open a modal dialog with a title and a button that closes it. Esc closes it too, and a click beside it. Then it is gone,
 * and the focus returns to where it was.
 *
 * @param close what the button says to a screen reader.
 */
export function openDialog(testId: string, title: string, close: string, content: TemplateResult): HTMLDialogElement {
  const dialog = make('dialog', 'panel');
  dialog.dataset.testid = testId;
  dialog.setAttribute('aria-labelledby', `${testId}-title`);
  render(
    html`<header>
        <h2 id="${testId}-title" tabindex="-1" autofocus>${title}</h2>
        <button type="button" class="icon" data-testid="close-${testId}" aria-label=${close} @click=${() => dialog.close()}>
          <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>
        </button>
      </header>
      <div class="panel-content">${content}</div>`,
    dialog,
  );
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close(); // its content fills it
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

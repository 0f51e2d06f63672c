import './askDigit.css';
import { html, nothing, render, svg, type TemplateResult } from 'lit-html';
import { make } from '../dom';
import { onKeys } from '../keys';
import { teachingText } from '../texts/teaching/teachingText';
import { neighbour } from './neighbour';
import { placeBeside, type Rectangle } from './placeBeside';

/** What is asked about. */
export interface Question {
  /** What the question is placed beside. */
  readonly anchor: Element;
  /** Where what it is about lies in the window, which stays in view as far as can be. */
  readonly inView?: Rectangle;
  /** A picture of what it is about; null where that is in view. */
  readonly shown: Element | null;
  /** What it was read as; null if unsure. */
  readonly readAs: number | null;
  /** The likeliest digits, which are marked. */
  readonly likeliest: readonly number[];
  readonly canDelete: boolean;
}

/** 0 to 9; null for no digit; undefined if the question was closed. */
export type Answer = number | null | 'delete' | undefined;

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const BIN = svg`<path d="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5" />`;
const CROSS = svg`<path d="M6 6l12 12M18 6L6 18" />`;
const NO_DIGIT = svg`<path d="M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17M6 18L18 6" />`;

/** Ask what a digit really is: ten keys beside it. */
export function askDigit({ anchor, inView, shown, readAs, likeliest, canDelete }: Question): Promise<Answer> {
  const dialog = make('dialog', 'ask-digit');
  dialog.dataset.testid = 'ask-digit';
  dialog.setAttribute('aria-labelledby', 'ask-digit-title');
  let answer: Answer;
  const give = (given: Answer) => {
    answer = given;
    dialog.close();
  };
  const words = teachingText;
  const key = (digit: number) => html`<button type="button" class=${likeliest.includes(digit) ? 'likely' : ''}
    data-testid="correct-${digit}" aria-label=${words.itIs(digit, digit === readAs)}
    aria-current=${digit === readAs ? 'true' : nothing} @click=${() => give(digit)}>${digit}</button>`;
  render(
    html`<h2 id="ask-digit-title">${words.question}</h2>
      ${shown ?? nothing}
      <div class="keys" dir="ltr">${DIGITS.map(key)}</div>
      <div class="others">
        <button type="button" data-testid="not-a-digit" @click=${() => give(null)}>${icon(NO_DIGIT)}${words.notADigit}</button>
        <button type="button" class="icon" data-testid="delete-digit" aria-label=${words.deleteIt} title=${words.deleteIt}
          ?hidden=${!canDelete} @click=${() => give('delete')}>${icon(BIN)}</button>
        <button type="button" class="icon" data-testid="close-ask-digit" aria-label=${words.close}
          @click=${() => dialog.close()}>${icon(CROSS)}</button>
      </div>`,
    dialog,
  );
  const remove = () => canDelete && give('delete');
  onKeys('question', dialog, { answer: give, remove, move: (_, arrow) => move(dialog, arrow) });
  closeByTapOutside(dialog);
  document.body.append(dialog);
  dialog.showModal();
  const place = () => placeDialog(dialog, anchor, inView);
  place();
  addEventListener('resize', place);
  const first = readAs ?? likeliest[0] ?? 0;
  dialog.querySelector<HTMLElement>(`[data-testid="correct-${first}"]`)?.focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      removeEventListener('resize', place);
      dialog.remove();
      // Safari gives a clicked button no focus, so the browser has none to give back.
      if (document.activeElement === document.body) (anchor as HTMLElement).focus?.({ preventScroll: true });
      resolve(answer);
    });
  });
}

function icon(paths: TemplateResult<2>) {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true">${paths}</svg>`;
}

/** Close a modal dialog by a tap beside it. */
function closeByTapOutside(dialog: HTMLDialogElement): void {
  dialog.addEventListener('click', ({ target, clientX, clientY }) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const outside = clientX < left || clientX > right || clientY < top || clientY > bottom;
    if (target === dialog && outside) dialog.close();
  });
}

/** Place the dialog beside what it is about, clear of the notch of a phone. */
function placeDialog(dialog: HTMLElement, anchor: Element, inView?: Rectangle): void {
  const { scrollMarginLeft, scrollMarginRight, scrollMarginTop, scrollMarginBottom } = getComputedStyle(dialog);
  const room = {
    left: Number.parseFloat(scrollMarginLeft),
    top: Number.parseFloat(scrollMarginTop),
    right: document.documentElement.clientWidth - Number.parseFloat(scrollMarginRight),
    bottom: innerHeight - Number.parseFloat(scrollMarginBottom),
  };
  const size = { width: dialog.offsetWidth, height: dialog.offsetHeight };
  const { left, top } = placeBeside(anchor.getBoundingClientRect(), size, room, inView && [inView]);
  dialog.style.left = `${left}px`;
  dialog.style.top = `${top}px`;
}

function move(dialog: HTMLElement, arrow: string): void {
  const buttons = [...dialog.querySelectorAll<HTMLElement>('button:not([hidden])')];
  const from = buttons.indexOf(document.activeElement as HTMLElement);
  const places = buttons.map((button) => button.getBoundingClientRect());
  buttons[neighbour(places, from, arrow)]?.focus();
}

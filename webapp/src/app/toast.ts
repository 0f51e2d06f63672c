import { announce, find, setText } from './dom';

/** How long a note stays: long enough to read it and to reach its button. */
const SHOWN_MS = 6000;

let note: HTMLElement | undefined;
let hide: ReturnType<typeof setTimeout> | undefined;

/**
 * Say something that has happened, for a few seconds: over the sheet, or in the dialog that covers it.
 *
 * @param undo what its Undo button does; without it there is no button.
 */
export function toast(message: string, undo?: () => void): void {
  note ??= find('toast');
  const button = note.querySelector('button') as HTMLElement;
  const dialog = [...document.querySelectorAll('dialog[open]')].at(-1); // all else is out of reach
  dialog?.addEventListener('close', hideToast, { once: true });
  (dialog ?? sheet()).append(note);
  const words = note.querySelector('span') as Element;
  words.setAttribute('role', dialog ? 'status' : 'none'); // what announces on the sheet is out of reach as well
  setText(words, message);
  button.hidden = undo === undefined;
  note.hidden = false;
  if (dialog === undefined) announce(message);
  button.onclick = () => {
    hideToast();
    if (dialog === undefined) find('menu').focus(); // hiding the button would lose the focus
    undo?.();
  };
  clearTimeout(hide);
  const later = () => {
    if (note?.matches(':hover, :focus-within')) hide = setTimeout(later, SHOWN_MS);
    else hideToast();
  };
  hide = setTimeout(later, SHOWN_MS);
}

/** Hide the note: what it said is over. */
export function hideToast(): void {
  clearTimeout(hide);
  if (note === undefined || note.hidden) return;
  note.hidden = true;
  sheet().append(note); // a dialog may take with it what it holds
}

function sheet(): Element {
  return document.querySelector('.sheet') as Element;
}

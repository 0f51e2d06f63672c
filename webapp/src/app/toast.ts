import { announce, find, setText } from './dom';

/** How long a note stays: long enough to read it and to reach its button. */
const SHOWN_MS = 6000;

let hide: ReturnType<typeof setTimeout> | undefined;

/**
 * Say something that has happened, over the sheet, for a few seconds.
 *
 * @param undo what its Undo button does; without it there is no button.
 */
export function toast(message: string, undo?: () => void): void {
  const place = find('toast');
  const button = find('toast-undo');
  setText(place.querySelector('span') as Element, message);
  button.hidden = undo === undefined;
  place.hidden = false;
  announce(message);
  button.onclick = () => {
    hideToast();
    find('menu').focus(); // hiding the button would lose the focus
    undo?.();
  };
  clearTimeout(hide);
  const later = () => {
    if (place.matches(':hover, :focus-within')) hide = setTimeout(later, SHOWN_MS);
    else hideToast();
  };
  hide = setTimeout(later, SHOWN_MS);
}

/** Hide the note: what it said is over. */
export function hideToast(): void {
  clearTimeout(hide);
  find('toast').hidden = true;
}

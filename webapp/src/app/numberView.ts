import './number.css';
import type { DigitReading } from '../reading';
import { asPercent } from './barChart';
import { setText } from './setText';

/** What the user does with the digits of a number. */
export interface NumberActions {
  readonly select: (index: number) => void;
  readonly remove: (index: number) => void;
}

/**
 * Show the digits of a number as buttons in `place`, the selected one pressed. Arrow keys go from digit to digit,
 * Delete takes the selected one away. The focus stays on the digit that is selected.
 */
export function showNumber(
  place: HTMLElement,
  digits: readonly DigitReading[],
  selected: number,
  actions: NumberActions,
): void {
  const focused = place.contains(document.activeElement);
  while (place.childElementCount > digits.length) place.lastElementChild?.remove();
  for (const node of [...place.childNodes]) if (node.nodeType === Node.TEXT_NODE) node.remove();
  while (place.childElementCount < digits.length) place.append(makeDigit(place, actions));
  for (const [i, digit] of digits.entries()) {
    const button = place.children[i] as HTMLButtonElement;
    const name = digit.digit === null ? '?' : String(digit.digit);
    const sure = digit.digit === null ? 'unsure' : `${asPercent(digit.confidence)} sure`;
    setText(button, name);
    // Not their properties `ariaPressed` and `ariaLabel`, which Firefox has from 119 on.
    button.setAttribute('aria-pressed', String(i === selected));
    button.setAttribute('aria-label', `${name}, ${sure}, digit ${i + 1} of ${digits.length}`);
    button.tabIndex = i === selected ? 0 : -1;
  }
  if (focused) (place.children[selected] as HTMLElement).focus();
}

function makeDigit(place: HTMLElement, { select, remove }: NumberActions): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'digit';
  const own = () => [...place.children].indexOf(button);
  button.addEventListener('click', () => select(own()));
  button.addEventListener('keydown', (event) => {
    const last = place.childElementCount - 1;
    const to = { ArrowLeft: Math.max(own() - 1, 0), ArrowRight: Math.min(own() + 1, last), Home: 0, End: last }[
      event.key
    ];
    if (to !== undefined) {
      select(to);
      (place.children[to] as HTMLElement).focus();
    } else if (event.key === 'Delete' || event.key === 'Backspace') remove(own());
    else return;
    event.preventDefault();
    event.stopPropagation(); // Delete elsewhere clears the pad
  });
  return button;
}

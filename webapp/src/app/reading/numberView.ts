import type { DigitReading } from '../../reading';
import { make, setText } from '../dom';
import { asPercent } from './barChart';

/**
 * Show the digits of a number as buttons in `place`, the selected one pressed. The buttons are reused, and the focus stays
 * on the selected digit.
 *
 * @param onSelect called with the place of a digit that was clicked.
 */
export function showNumber(
  place: HTMLElement,
  digits: readonly DigitReading[],
  selected: number,
  onSelect: (index: number) => void,
): void {
  const focused = place.contains(document.activeElement);
  while (place.childElementCount > digits.length) place.lastElementChild?.remove();
  for (const node of [...place.childNodes]) if (node.nodeType === Node.TEXT_NODE) node.remove();
  while (place.childElementCount < digits.length) {
    const button = make('button', 'digit');
    button.type = 'button';
    const index = place.childElementCount;
    button.addEventListener('click', () => onSelect(index));
    place.append(button);
  }
  for (const [i, digit] of digits.entries()) {
    const button = place.children[i] as HTMLButtonElement;
    const name = digit.digit === null ? '?' : String(digit.digit);
    const sure = digit.digit === null ? 'unsure' : `${asPercent(digit.confidence)} sure`;
    setText(button, name);
    // Not the properties `ariaPressed` and `ariaLabel`, which Firefox has from 119 on.
    button.setAttribute('aria-pressed', String(i === selected));
    button.setAttribute('aria-label', `${name}, ${sure}, digit ${i + 1} of ${digits.length}`);
    button.tabIndex = i === selected ? 0 : -1;
  }
  if (focused) (place.children[selected] as HTMLElement).focus();
}

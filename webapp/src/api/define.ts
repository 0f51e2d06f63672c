/** Registers `<digit-pad>`, unless the page has such an element already. */
import { DigitPadElement } from './index';

if (!customElements.get('digit-pad')) customElements.define('digit-pad', DigitPadElement);

import { InkPad } from '../pad';
import type { Rules } from './validity';

/** The attributes of `<digit-pad>` as properties. A value that makes no sense counts as absent. */
export class PadAttributes extends InkPad implements Rules {
  get name(): string {
    return this.getAttribute('name') ?? '';
  }
  set name(name: string) {
    this.setAttribute('name', name);
  }

  /** The value before the user changes it, and after a reset. */
  get defaultValue(): string {
    return toDigits(this.getAttribute('value') ?? '');
  }
  set defaultValue(value: string) {
    this.setAttribute('value', value);
  }

  /** How many digits the value must have. */
  get digits(): number | null {
    return this.#count('digits');
  }
  set digits(count: number | null) {
    this.#reflect('digits', count);
  }

  /** How many digits it must have at least. */
  get min(): number | null {
    return this.#count('min');
  }
  set min(count: number | null) {
    this.#reflect('min', count);
  }

  /** How many digits it may have at most. */
  get max(): number | null {
    return this.#count('max');
  }
  set max(count: number | null) {
    this.#reflect('max', count);
  }

  get required(): boolean {
    return this.hasAttribute('required');
  }
  set required(required: boolean) {
    this.toggleAttribute('required', Boolean(required));
  }

  get disabled(): boolean {
    return this.hasAttribute('disabled');
  }
  set disabled(disabled: boolean) {
    this.toggleAttribute('disabled', Boolean(disabled));
  }

  get readOnly(): boolean {
    return this.hasAttribute('readonly');
  }
  set readOnly(readOnly: boolean) {
    this.toggleAttribute('readonly', Boolean(readOnly));
  }

  /** Whether it is the sheet alone, and the page around shows the reading and the tools. */
  get bare(): boolean {
    return this.hasAttribute('bare');
  }
  set bare(bare: boolean) {
    this.toggleAttribute('bare', Boolean(bare));
  }

  /** What an empty sheet says. */
  get placeholder(): string {
    return this.getAttribute('placeholder') ?? '';
  }
  set placeholder(placeholder: string) {
    this.setAttribute('placeholder', placeholder);
  }

  override get penWidth(): number | null {
    const width = Number(this.getAttribute('pen-width'));
    return width > 0 && width < Infinity ? width : null;
  }
  override set penWidth(width: number | null) {
    this.#reflect('pen-width', width);
  }

  /** The site from which the recognizer is loaded; by default that of this module. */
  get baseUrl(): string {
    return this.getAttribute('base-url') ?? '';
  }
  set baseUrl(url: string) {
    this.setAttribute('base-url', url);
  }

  #count(name: string): number | null {
    const count = Number(this.getAttribute(name));
    return Number.isSafeInteger(count) && count > 0 ? count : null;
  }

  #reflect(name: string, value: number | null): void {
    if (value === null || value === undefined) this.removeAttribute(name);
    else this.setAttribute(name, String(value));
  }
}

/** The digits of a text; all else is left out. */
export function toDigits(text: string): string {
  return String(text).replace(/\D/g, '');
}

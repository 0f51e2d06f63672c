import type { textsOf } from './line/texts';
import { PadAttributes } from './padAttributes';
import { problemOf } from './validity';

/** A pad as a control of a form: what native inputs have, but for the value itself. */
export class FormPad extends PadAttributes {
  static readonly formAssociated = true;
  /** Null where the browser has no form controls by script. */
  protected readonly internals = this.attachInternals?.() ?? null;
  /** Whether the person has been at it, so that they are told what is wrong. */
  protected touched = false;
  /** What to say, once it is loaded. */
  protected textsOf: typeof textsOf | null = null;
  #customError = '';
  #placeholder: HTMLElement | null = null;

  get type(): string {
    return 'digit-pad';
  }

  get form(): HTMLFormElement | null {
    return this.internals?.form ?? null;
  }

  get labels(): NodeListOf<HTMLLabelElement> {
    return (this.internals?.labels ?? []) as NodeListOf<HTMLLabelElement>;
  }

  get validity(): ValidityState | undefined {
    return this.internals?.validity;
  }

  get validationMessage(): string {
    return this.internals?.validationMessage ?? '';
  }

  get willValidate(): boolean {
    return this.internals?.willValidate ?? false;
  }

  checkValidity(): boolean {
    return this.internals?.checkValidity() ?? true;
  }

  reportValidity(): boolean {
    return this.internals?.reportValidity() ?? true;
  }

  /** Say what the page finds wrong with the value; an empty text for nothing. */
  setCustomValidity(message: string): void {
    this.#customError = String(message);
    this.update();
  }

  formDisabledCallback(): void {
    this.update();
  }

  /** Whether a person may change the value. */
  protected get editable(): boolean {
    return !this.readOnly && !this.matches(':disabled');
  }

  /** Something has changed that the form or the person should know. */
  protected update(): void {}

  /** Show what an empty sheet says, or hide it. */
  protected showPlaceholder(isEmpty: boolean): void {
    const { placeholder } = this;
    if (!placeholder && !this.#placeholder) return;
    this.#placeholder ??= this.surface.appendChild(document.createElement('div'));
    this.#placeholder.setAttribute('part', 'placeholder');
    if (this.#placeholder.textContent !== placeholder) this.#placeholder.textContent = placeholder;
    this.#placeholder.hidden = !isEmpty;
  }

  /**
   * Tell the form what is wrong with the value.
   *
   * @param anchor inside the shadow root: where the browser shows its message.
   */
  protected validate(value: string, unread: boolean, anchor: HTMLElement): void {
    const problem = this.editable ? problemOf(value, unread, this) : null;
    const sentence = problem && this.textsOf?.(this)[problem.sentence];
    const words = typeof sentence === 'function' ? sentence(problem?.count ?? 0) : sentence;
    const flags = { ...(problem && { [problem.flag]: true }), customError: this.#customError !== '' };
    this.internals?.setValidity(flags, this.#customError || words || (problem ? browsersOwn() : ''), anchor);
  }
}

/** What the browser says where something is missing, for a pad that nobody has come near. */
function browsersOwn(): string {
  const input = document.createElement('input');
  input.required = true;
  return input.validationMessage || '?';
}

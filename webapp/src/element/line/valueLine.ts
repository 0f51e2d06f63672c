import { type Sheet, sheetOf } from '../../pad';
import type { DigitPadElement } from '../digitPadElement';
import type { InkReading, PadText } from '../padText';
import { digitsOf, editValue } from './editValue';
import { make, makeButton, setText } from './lineParts';
import { submitByEnter } from './submitBy';
import { textsOf } from './texts';
import { typedEdit } from './typedEdit';

export { default as LINE_LOOK } from './line.css?inline';
export { textsOf } from './texts';

/** What the line needs from its pad. */
export interface LineHost {
  readonly pad: DigitPadElement;
  readonly root: ShadowRoot;
  readonly surface: HTMLElement;
  readonly text: () => PadText;
  /** The reading of all ink on the pad; null while there is newer ink. */
  readonly shown: () => InkReading | null;
  readonly editable: () => boolean;
  readonly failed: () => boolean;
  /** What the person should be told about the value; empty for nothing. */
  readonly problem: () => string;
  /** Go to another sheet and text, which a person asked for. */
  readonly write: (sheet: Sheet, text: PadText, shown: InkReading | null) => void;
  /** Do what a person asked for. */
  readonly act: (action: () => void) => void;
  readonly commit: () => void;
}

/** Below the sheet: an input that holds the value, and buttons that undo and clear. */
export class ValueLine {
  readonly input = make('input', {
    part: 'value',
    type: 'text',
    inputmode: 'numeric',
    autocomplete: 'off',
    dir: 'ltr',
  });
  readonly #host: LineHost;
  readonly #undo = makeButton('undo');
  readonly #clear = makeButton('clear');
  readonly #message = make('p', { part: 'message', id: 'message', role: 'alert' });
  readonly #hint = make('span', { id: 'hint', hidden: '' });
  readonly #status = make('span', { role: 'status' });
  readonly #line = make('div', { part: 'line', role: 'group' });
  #isComposing = false;

  constructor(host: LineHost) {
    this.#host = host;
    const { pad, root, surface } = host;
    const { input } = this;
    input.setAttribute('aria-describedby', 'hint message');
    this.#line.append(input, this.#undo, this.#clear, this.#hint);
    const hadFocus = root.activeElement === surface && pad.dataset.strokes === '0';
    root.prepend(this.#message, this.#line, this.#status); // before the sheet: who focuses the pad focuses the input
    if (hadFocus) input.focus();
    input.addEventListener('beforeinput', (event) => this.#onEdit(event));
    input.addEventListener('input', (event) => {
      event.stopPropagation(); // the pad has its own; only compositions come here
      this.#isComposing = (event as InputEvent).isComposing;
      if (!this.#isComposing) this.#onTyped();
    });
    input.addEventListener('compositionend', () => {
      this.#isComposing = false;
      this.#onTyped();
    });
    input.addEventListener('keydown', (event) => this.#onKey(event));
    this.#undo.addEventListener('click', () => this.#act(() => pad.undo()));
    this.#clear.addEventListener('click', () => this.#act(() => pad.clear()));
    surface.addEventListener('keydown', this.#onSheetKey);
  }

  /** Show what the pad holds. */
  update(): void {
    const { pad, editable, failed, problem } = this.#host;
    const { input } = this;
    const texts = textsOf(pad);
    const { value } = pad;
    if (input.value !== value && !this.#isComposing) {
      const caret = input.value.length - (input.selectionStart ?? 0);
      input.value = value;
      if (this.#host.root.activeElement === input) {
        const at = Math.max(value.length - caret, 0);
        input.setSelectionRange(at, at);
      }
    }
    const isDisabled = pad.matches(':disabled');
    input.disabled = isDisabled;
    input.readOnly = pad.readOnly;
    const labels = [...pad.labels].map((label) => label.textContent?.trim()).join(' ');
    input.setAttribute('aria-label', labels || pad.getAttribute('aria-label') || texts.name);
    input.setAttribute('aria-required', String(pad.required));
    const words = problem();
    input.setAttribute('aria-invalid', String(words !== ''));
    this.#host.surface.classList.toggle('invalid', words !== '');
    setText(this.#message, words || (failed() ? texts.failed : ''));
    this.#message.hidden = this.#message.textContent === '';
    setText(this.#hint, texts.hint);
    const usable = editable();
    for (const [one, name, can] of [
      [this.#undo, texts.undo, pad.canUndo],
      [this.#clear, texts.clear, value !== '' || pad.dataset.strokes !== '0'],
    ] as const) {
      one.disabled = isDisabled;
      one.setAttribute('aria-label', name);
      one.setAttribute('aria-disabled', String(!can || !usable));
    }
  }

  /** Tell a screen reader what was read, digit by digit; what was typed, it has heard. */
  announce(value: string): void {
    if (this.#host.root.activeElement === this.input) return;
    const { cleared, unknown } = textsOf(this.#host.pad);
    const words = [...value].map((digit) => (digit === '?' ? unknown : digit)).join(' ') || cleared;
    // A screen reader hears only changes; a space at the end is one that nobody hears.
    this.#status.textContent = words === this.#status.textContent ? `${words}\u00a0` : words;
  }

  /** Take the line away. */
  remove(): void {
    this.#host.surface.removeEventListener('keydown', this.#onSheetKey);
    for (const part of [this.#message, this.#line, this.#status]) part.remove();
  }

  /** Edit instead of the browser: its own event would come from the pad with a value that is not read yet. */
  #onEdit(event: InputEvent): void {
    if (event.isComposing || !event.cancelable) return;
    event.preventDefault();
    const { pad } = this.#host;
    const { input } = this;
    if (event.inputType === 'historyUndo') this.#act(() => pad.undo());
    if (event.inputType === 'historyRedo') this.#act(() => pad.redo());
    const data = event.data ?? event.dataTransfer?.getData('text') ?? '';
    const [start, end] = [input.selectionStart ?? 0, input.selectionEnd ?? 0];
    const edit = typedEdit(event.inputType, data, { value: input.value, start, end });
    if (edit) this.#write(edit.value, edit.start);
  }

  #onTyped(): void {
    const { input } = this;
    const before = this.#host.pad.value;
    const clean = (text: string) =>
      [...text].map((sign) => (sign === '?' && before.includes('?') ? '?' : digitsOf(sign))).join('');
    this.#write(clean(input.value), clean(input.value.slice(0, input.selectionStart ?? undefined)).length);
  }

  /** Make the value another one. */
  #write(value: string, caret = value.length): void {
    const { pad, editable, text, shown, write } = this.#host;
    if (editable() && value !== pad.value) {
      const { history } = pad;
      const edit = editValue(text(), shown(), value, caret);
      const kept = history.sheet.filter((_, i) => edit.remove !== 'all' && !edit.remove.includes(i));
      write([...kept, ...sheetOf(edit.rest)], edit.text, edit.shown);
    }
    this.input.value = pad.value; // without what was refused
    if (this.#host.root.activeElement === this.input) this.input.setSelectionRange(caret, caret);
  }

  #act(action: () => void): void {
    if (this.#host.editable()) this.#host.act(action);
  }

  #onKey(event: KeyboardEvent): void {
    const { key, shiftKey, isComposing } = event;
    if (isComposing) return;
    const { pad, commit } = this.#host;
    const command = (event.ctrlKey || event.metaKey) && !event.altKey ? key.toLowerCase() : '';
    if (command === 'z' || command === 'y') {
      event.preventDefault(); // the input's own history has nothing of the ink
      this.#act(() => (command === 'y' || shiftKey ? pad.redo() : pad.undo()));
    } else if (key === 'Enter') {
      event.preventDefault();
      commit();
      submitByEnter(pad);
    }
  }

  /** After writing, the sheet has the focus, so that no keyboard covers it: its keys change the value. */
  readonly #onSheetKey = (event: KeyboardEvent): void => {
    this.#onKey(event);
    const { key, ctrlKey, metaKey, altKey } = event;
    if (event.defaultPrevented || event.isComposing || ctrlKey || metaKey || altKey) return;
    const { value } = this.#host.pad;
    const typed = key.length === 1 ? digitsOf(key) : '';
    if (key.startsWith('Arrow') || key === 'Home' || key === 'End') {
      this.input.focus();
      this.input.setSelectionRange(value.length, value.length);
    } else if (typed) this.#write(value + typed);
    else if (key === 'Backspace') this.#write(value.slice(0, -1));
    else return;
    event.preventDefault();
  };
}

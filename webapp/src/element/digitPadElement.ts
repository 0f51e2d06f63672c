import { InkHistory, type Sheet, sheetOf } from '../pad';
import { FormPad } from './formPad';
import type { LineHost, ValueLine } from './line/valueLine';
import LOOK from './look.css?inline';
import { toDigits } from './padAttributes';
import type { DigitPadEventMap, ReadingDetail } from './padEvents';
import { NOTHING_SAID, type PadText, typedText, valueText } from './padText';
import { ReaderSource, type SomeRecognizer } from './readerSource';
import { ReadingLoop } from './readingLoop';
import { stateOf, storedState } from './storedState';
import { whenNear } from './whenNear';

/**
 * `<digit-pad>`: a form control whose value is written by hand, or typed. Importing this defines no element, and fetches
 * nothing. webapp/README.md documents attributes, properties, events and parts.
 */
export class DigitPadElement extends FormPad {
  static readonly observedAttributes = [
    ...['value', 'digits', 'min', 'max', 'required', 'readonly', 'placeholder', 'pen-width', 'bare', 'aria-label'],
  ];

  readonly #loop = new ReadingLoop(
    this,
    (reading, ink, final) => this.#onReading({ reading, ink, final }),
    (error) => this.#source.fail(error),
  );
  readonly #source = new ReaderSource(
    (reader) => {
      this.#loop.reader = reader;
      if (reader) this.#line?.update();
    },
    (error) => this.onTrouble(error),
  );
  /** What was said about each state of the sheet. */
  readonly #texts = new WeakMap<Sheet, PadText>();
  #text = NOTHING_SAID;
  /** The state of which the reading is known. */
  #shownSheet: Sheet = this.history.sheet;
  /** The value once all ink was read last. */
  #settled = '';
  #unread = false;
  /** Whether the pad was near, or used. */
  #isNeeded = false;
  /** Whether the value may differ from the default one. */
  #dirty = false;
  /** Whether a person has changed something since the last `input`, and the value since the last `change`. */
  #edited = false;
  #uncommitted = false;
  #line: ValueLine | null = null;
  #leaveNear = () => {};

  constructor() {
    super();
    this.adopt(LOOK);
    this.addEventListener('focusin', () => this.#need());
    this.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget !== this && !this.contains(relatedTarget as Node | null)) this.#commit();
    });
    this.addEventListener('invalid', () => this.#touch());
    // Properties that were set before the element was defined hide its own.
    for (const name of Object.keys(this) as 'value'[]) {
      if (!(name in DigitPadElement.prototype)) continue;
      const value = this[name];
      delete (this as Partial<DigitPadElement>)[name];
      this[name] = value;
    }
  }

  /** The digits that were typed and read, with `?` for one that is unsure. */
  get value(): string {
    return valueText(this.#text, this.#loop.shown);
  }

  /** Replace ink and text by digits. The value that it has already changes nothing. */
  set value(value: string) {
    if (String(value ?? '') === this.value) return;
    this.#go([], typedText(toDigits(value ?? '')));
  }

  /** What reads the ink; null for a recognizer that all pads share, which is loaded once one needs it. */
  get recognizer(): SomeRecognizer | null {
    return this.#source.given;
  }

  set recognizer(given: SomeRecognizer | null) {
    this.#source.given = given;
    if (!given && this.#loop.pending) this.#need();
  }

  /** Read the same ink again: the recognizer has learnt. */
  readAgain(): void {
    this.#loop.readAgain();
  }

  /** Remove all ink and text; that can be undone. */
  override clear(): void {
    if (this.#text.typed) this.#go([], NOTHING_SAID);
    else super.clear();
  }

  override addEventListener<K extends keyof DigitPadEventMap>(
    type: K,
    listener: (this: DigitPadElement, event: DigitPadEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(...given: Parameters<HTMLElement['addEventListener']>): void {
    super.addEventListener(...given);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#leaveNear = whenNear(this, () => this.#need());
    this.update();
    if (this.autofocus && document.activeElement === document.body) this.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leaveNear();
    removeEventListener('online', this.#need);
    this.#source.release();
  }

  attributeChangedCallback(name: string): void {
    if (name === 'value' && !this.#dirty) this.#reset();
    if (name === 'pen-width') this.repaint();
    if (name === 'aria-label') this.label = this.getAttribute(name) ?? '';
    if (name === 'bare' && this.#isNeeded) void this.#addLine();
    this.update();
  }

  formResetCallback(): void {
    this.#reset();
    this.touched = this.#uncommitted = false;
    this.update();
  }

  /** The browser brings back what was there before a reload, or fills in what it remembers. */
  formStateRestoreCallback(state: unknown, mode: string): void {
    const stored = mode === 'restore' ? stateOf(state) : null;
    if (stored) this.#go(sheetOf(stored.ink), stored.text);
    else if (typeof state === 'string') this.value = state;
  }

  protected override mayDraw(event: PointerEvent): boolean {
    if (!event.composedPath().includes(this.surface) && event.composedPath()[0] !== this) return false;
    if (!this.editable) return false;
    this.#need();
    if (!this.bare) this.surface.focus({ preventScroll: true });
    return true;
  }

  protected override inkChanged(): void {
    const { sheet } = this.history;
    this.#text = this.#texts.get(sheet) ?? this.#text;
    this.#texts.set(sheet, this.#text);
    this.#dirty = true;
    this.#edited ||= this.byUser;
    super.inkChanged();
    this.#loop.inkChanged();
    this.#check();
  }

  protected override update(): void {
    this.#check();
    // Until there is a value line, the sheet takes the focus for it.
    if (this.bare) this.surface.removeAttribute('tabindex');
    else this.surface.tabIndex = this.#line ? -1 : 0;
  }

  /** Tell the form and the person what the pad holds. */
  #check(): void {
    const [{ value }, { pending }, { drawing }] = [this, this.#loop, this];
    if (drawing && this.#unread) return; // nothing has changed
    this.#unread = pending || drawing;
    this.validate(value, this.#unread, this.#line?.input ?? this.surface);
    if (!drawing) this.internals?.setFormValue(value, this.form && storedState(this.#text, this.ink));
    this.showPlaceholder(value === '' && !this.#unread);
    if (!this.#unread) this.#settle(value);
    this.#line?.update();
  }

  #settle(value: string): void {
    const isInput = this.#edited && value !== this.#settled;
    this.#settled = value;
    this.#edited = false;
    if (!isInput) return;
    this.#uncommitted = true;
    this.#line?.announce(value);
    this.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    if (this.bare) this.#commit(); // it has no focus to lose
  }

  /** The person is done with the value. */
  #commit(): void {
    if (!this.#uncommitted) return;
    this.#uncommitted = false;
    this.#touch();
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** From now on the person is told what is wrong. */
  #touch(): void {
    this.touched = true;
    this.#line?.update();
  }

  #onReading(detail: ReadingDetail): void {
    if (detail.final) this.#shownSheet = this.history.sheet;
    this.dispatchEvent(new CustomEvent('reading', { detail }));
    this.#check();
  }

  /** Go to another sheet with another text; that can be undone. */
  #go(sheet: Sheet, text: PadText): void {
    this.#texts.set(sheet, text);
    this.restoreHistory(this.history.add(sheet));
  }

  #reset(): void {
    const sheet: Sheet = [];
    this.#texts.set(sheet, typedText(this.defaultValue));
    this.#edited = false;
    this.restoreHistory(new InkHistory([sheet], 0));
    this.#dirty = false;
  }

  /** The pad is near, or used: load what it lacks. */
  readonly #need = (): void => {
    if (!this.isConnected) return;
    this.#isNeeded = true;
    void this.loadPainting();
    void this.#addLine();
    this.#source.need(this.baseUrl);
  };

  /** Without a recognizer one can still draw and type; the next use of the pad tries again. */
  protected override onTrouble(error: Error): void {
    addEventListener('online', this.#need, { once: true });
    const { message } = error;
    if (this.dispatchEvent(new ErrorEvent('error', { error, message, cancelable: true }))) console.warn(error);
    this.#line?.update();
  }

  /** Load the words, and the value line unless the pad is bare; a line that such a pad has goes. */
  async #addLine(): Promise<void> {
    const { bare } = this;
    if (bare) {
      this.#line?.remove();
      this.#line = null;
    }
    if (this.textsOf ? bare || this.#line : bare && this.label && !this.form) return;
    try {
      const { ValueLine, LINE_LOOK, textsOf } = await import('./line/valueLine');
      this.textsOf = textsOf;
      this.label ||= textsOf(this).sheet;
      if (!this.bare && !this.#line) {
        this.adopt(LINE_LOOK);
        this.#line = new ValueLine(this.#lineHost());
      }
      this.update();
    } catch (error) {
      this.onTrouble(error as Error);
    }
  }

  #lineHost(): LineHost {
    return {
      pad: this,
      root: this.root,
      surface: this.surface,
      text: () => this.#text,
      shown: () => (this.history.sheet === this.#shownSheet ? this.#loop.shown : null),
      editable: () => this.editable,
      failed: () => this.#source.failed,
      problem: () => (this.touched ? this.validationMessage : ''),
      write: (sheet, text, shown) => {
        if (shown) {
          this.#loop.shown = shown;
          this.#shownSheet = sheet;
        }
        this.asUser(() => this.#go(sheet, text));
      },
      act: (action) => this.asUser(action),
      commit: () => this.#commit(),
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'digit-pad': DigitPadElement;
  }
}

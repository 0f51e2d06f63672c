import './learningPanel.css';
import { html, nothing, render } from 'lit-html';
import {
  type Correction,
  type CorrectionBook,
  CorrectionsFileError,
  LARGEST_FILE,
  MOST_CORRECTIONS,
  readCorrections,
  type Validation,
  writeCorrections,
} from '../../learning';
import { newestOnly } from '../../newestOnly';
import { openDialog } from '../dialog';
import { saveFile } from '../saveFile';
import { teachingText } from '../texts/teaching/teachingText';
import { exampleGallery, Gallery } from './exampleGallery';

/** The dialog that shows what was learnt, and exports, imports or forgets it. */
export class LearningPanel {
  readonly #book: CorrectionBook;
  /** What the dialog shows; null while it is closed. */
  #root: HTMLElement | null = null;
  readonly #gallery: Gallery;
  readonly #compare: () => void;
  #validation: Validation | null = null;
  /** Whether the user is asked if all shall be forgotten. */
  #isAsking = false;
  /** What undoes what was done last. */
  #undo: (() => void) | null = null;

  /** @param validate reads the examples without and with learning from the others; null if there are too few. */
  constructor(book: CorrectionBook, validate: () => Promise<Validation | null>) {
    this.#book = book;
    this.#gallery = new Gallery(
      (examples) => this.#forget(examples, teachingText.forgotten),
      () => this.#show(),
    );
    const show = (validation: Validation | null) => {
      this.#validation = validation;
      this.#show();
    };
    this.#compare = newestOnly<void, Validation | null>(validate, show, () => show(null));
  }

  /** Open the dialog. */
  open(): void {
    const { title, close } = teachingText;
    this.#isAsking = false;
    this.#undo = null;
    this.#gallery.reset();
    const dialog = openDialog('learning-panel', title, close, html`<div class="learnt"></div>`);
    this.#root = dialog.querySelector('.learnt');
    dialog.addEventListener('close', () => {
      this.#root = null;
    });
    this.update();
  }

  /** Show the corrections, or the choice of what reads, after a change. */
  update(): void {
    if (this.#root === null) return;
    this.#show();
    this.#compare();
  }

  #show(): void {
    if (this.#root === null) return;
    const { all, whyNotKept } = this.#book;
    const words = teachingText;
    render(
      html`<p data-testid="learnt-count">${all.length === 0 ? words.nothing : words.count(all.length)}</p>
        <p class="alarm" data-testid="not-kept" ?hidden=${whyNotKept === null}>
          ${whyNotKept === null ? '' : words.whyNotKept[whyNotKept]}</p>
        ${all.length > 0 ? [this.#comparison(), this.#choice(), exampleGallery(this.#gallery, all)] : nothing}
        <div class="result">
          <p role="status" data-testid="learning-result"></p>
          <button type="button" data-testid="undo-forget" ?hidden=${this.#undo === null} @click=${() => this.#undo?.()}>
            ${words.undo}</button>
        </div>
        ${this.#isAsking ? this.#question() : this.#actions()}`,
      this.#root,
    );
    this.#gallery.keepFocus(this.#root);
  }

  /** How many examples are read right, before and after. */
  #comparison() {
    if (this.#validation === null) return nothing;
    const { examples, before, after } = this.#validation;
    const words = teachingText;
    const row = (name: string, testId: string, right: number) => html`
      <span>${name}</span>
      <svg class="meter ${testId}" viewBox="0 0 ${examples} 1" preserveAspectRatio="none" aria-hidden="true">
        <rect class="whole" width=${examples} height="1" /><rect class="right" width=${right} height="1" />
      </svg>
      <strong data-testid=${testId}>${words.rightOf(right, examples)}</strong>`;
    return html`<section class="compared" data-testid="compared">
      <div class="meters">${row(words.before, 'right-before', before)}${row(words.after, 'right-after', after)}</div>
      <p class="note">${words.compared}</p>
    </section>`;
  }

  /** The choice of what reads. */
  #choice() {
    const { mine, original, readWith } = teachingText;
    const { useMine } = this.#book;
    const option = (value: string, words: string, checked: boolean) => html`<label>
      <input type="radio" name="read-with" data-testid="read-with-${value}" .checked=${checked}
        @change=${() => void this.#book.use(value === 'mine')} /><span>${words}</span></label>`;
    return html`<fieldset><legend>${readWith}</legend>
      ${option('mine', mine, useMine)}${option('original', original, !useMine)}
    </fieldset>`;
  }

  #actions() {
    const { exportAll, importAll, forgetAll } = teachingText;
    const empty = this.#book.all.length === 0;
    return html`<div class="actions">
      <button type="button" data-testid="export-corrections" ?hidden=${empty} @click=${() => this.#export()}>${exportAll}</button>
      <button type="button" data-testid="import-corrections"
        @click=${() => this.#root?.querySelector<HTMLElement>('input[type="file"]')?.click()}>${importAll}</button>
      <input type="file" hidden data-testid="corrections-file" accept=".jsonl,application/jsonl,application/x-ndjson"
        @change=${(event: Event) => void this.#import(event.target as HTMLInputElement)} />
      <button type="button" class="quiet" data-testid="forget-all" ?hidden=${empty} @click=${() => this.#ask(true)}>${forgetAll}</button>
    </div>`;
  }

  #question() {
    const { forgetAllOf, forget, keep } = teachingText;
    return html`<div class="actions" role="group" aria-labelledby="forget-question">
      <p id="forget-question">${forgetAllOf(this.#book.all.length)}</p>
      <span>
        <button type="button" data-testid="forget-none" @click=${() => this.#ask(false)}>${keep}</button>
        <button type="button" class="alarm" data-testid="forget-all-sure" @click=${() => this.#forgetAll()}>${forget}</button>
      </span>
    </div>`;
  }

  #ask(isAsking: boolean): void {
    this.#isAsking = isAsking;
    this.#show();
    this.#focus(isAsking ? 'forget-none' : 'forget-all');
  }

  #forgetAll(): void {
    this.#isAsking = false;
    this.#forget(this.#book.all, teachingText.allForgotten);
    this.#focus('undo-forget');
  }

  #forget(examples: readonly Correction[], words: string): void {
    const undo = () => {
      void this.#book.put(examples);
      this.#say('');
      this.#focus('forget-all');
    };
    this.#say(words, undo);
    void this.#book.forget(examples.map(({ id }) => id));
  }

  #export(): void {
    const { all } = this.#book;
    saveFile('corrections.jsonl', 'application/jsonl', writeCorrections(all));
    this.#say(teachingText.exported(Math.min(all.length, MOST_CORRECTIONS)));
  }

  async #import(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (file === undefined) return;
    try {
      // A file that is too large is not read whole: readCorrections refuses its first part.
      const read = readCorrections(new Uint8Array(await file.slice(0, LARGEST_FILE + 1).arrayBuffer()));
      const added = read.filter(({ id }) => this.#book.get(id) === undefined);
      if (this.#book.all.length + added.length > MOST_CORRECTIONS) {
        throw new CorrectionsFileError('too many', 'With this file there would be more than 10,000 examples.');
      }
      await this.#book.put(added);
      this.#say(teachingText.imported(added.length, read.length - added.length));
    } catch (error) {
      console.warn((error as Error).message);
      const { refused, unreadable } = teachingText;
      this.#say(error instanceof CorrectionsFileError ? refused[error.problem] : unreadable);
    } finally {
      input.value = ''; // the same file may be chosen again
    }
  }

  /** Set by hand, so that a screen reader also says what it has said before. */
  #say(words: string, undo: (() => void) | null = null): void {
    this.#undo = undo;
    this.#show();
    const result = this.#root?.querySelector('[data-testid="learning-result"]');
    if (result) result.textContent = words;
  }

  #focus(testId: string): void {
    this.#root?.querySelector<HTMLElement>(`[data-testid="${testId}"]`)?.focus();
  }
}

import { html, nothing } from 'lit-html';
import {
  type Correction,
  type CorrectionBook,
  CorrectionsFileError,
  LARGEST_FILE,
  readCorrections,
  type Validation,
  writeCorrections,
} from '../../learning';
import { newestOnly } from '../../recognizer';
import { saveFile } from '../saveFile';
import { makeDialog, showIn } from './dialog';
import { paintExample } from './paintExample';

const MAX_SHOWN = 200; // the newest examples
const MAX_KEPT = 10_000;

/** The dialog that shows what was learned, and exports, imports or forgets it. */
export class LearningPanel {
  readonly #book: CorrectionBook;
  readonly #dialog = makeDialog('learning-panel');
  #validation: Validation | null = null;
  readonly #compare: () => void;
  /** Whether the next tap on "Forget all" forgets all. */
  #sure = false;

  /** @param validate reads the examples without and with learning from the others; null if there are too few. */
  constructor(book: CorrectionBook, validate: () => Promise<Validation | null>) {
    this.#book = book;
    const show = (validation: Validation | null) => {
      this.#validation = validation;
      this.#show();
    };
    this.#compare = newestOnly<void, Validation | null>(validate, show, () => show(null));
    this.#dialog.addEventListener('click', (event) => this.#closeIfOutside(event));
  }

  /** Open the dialog. */
  open(): void {
    this.#dialog.showModal();
    this.update();
    this.#report('');
  }

  /** Show the corrections, or the choice of what reads, after a change. */
  update(): void {
    if (!this.#dialog.open) return;
    this.#show();
    const canvases = this.#dialog.querySelectorAll('canvas');
    for (const [i, example] of this.#newest().entries()) paintExample(canvases[i] as HTMLCanvasElement, example);
    this.#compare();
  }

  #newest(): readonly Correction[] {
    return this.#book.all.slice(-MAX_SHOWN).reverse();
  }

  #show(): void {
    const { all, useMine, whyNotKept } = this.#book;
    const empty = all.length === 0;
    const inGallery = document.activeElement?.closest('.gallery');
    const content = html`
      <p data-testid="learnt-count">${describe(all)}</p>
      <p class="alarm" data-testid="not-kept">${whyNotKept ?? ''}</p>
      <div class="compared" data-testid="compared">${this.#comparison()}</div>
      <p class="note">${this.#validation && explain(this.#validation)}</p>
      <fieldset @change=${(event: Event) => this.#book.use((event.target as HTMLInputElement).value === 'mine')}>
        <legend>Read with</legend>
        <label><input type="radio" name="read-with" value="mine" data-testid="read-with-mine" .checked=${useMine} />all it learnt</label>
        <label><input type="radio" name="read-with" value="original" data-testid="read-with-original" .checked=${!useMine} />the original</label>
      </fieldset>
      <div class="actions">
        <button type="button" data-testid="export-corrections" ?disabled=${empty} @click=${() => this.#export()}>Export</button>
        <button type="button" data-testid="import-corrections"
          @click=${() => this.#dialog.querySelector<HTMLElement>('input[type="file"]')?.click()}>Import</button>
        <input type="file" hidden data-testid="corrections-file" accept=".jsonl,application/jsonl,application/x-ndjson"
          @change=${(event: Event) => this.#import(event.target as HTMLInputElement)} />
        <button type="button" class="dangerous" data-testid="forget-all" ?disabled=${empty}
          @click=${() => this.#forgetAll()} @blur=${() => this.#setSure(false)}
        >${this.#sure ? `Sure? Forget ${all.length}` : 'Forget all'}</button>
      </div>
      <p class="result" role="status" data-testid="learning-result"></p>
      <ul class="gallery" data-testid="gallery" aria-label="Your examples, the newest first" ?hidden=${empty}>
        ${this.#newest().map((example) => this.#example(example))}
      </ul>`;
    showIn(this.#dialog, 'Learnt from you', 'close-learning', content);
    if (inGallery && !inGallery.contains(document.activeElement)) inGallery.querySelector('button')?.focus();
  }

  #example({ id, label }: Correction) {
    const name = label === null ? 'no digit' : String(label);
    return html`<li>
      <canvas role="img" aria-label="Example of ${name}"></canvas>
      <strong>${name}</strong>
      <button type="button" data-testid="forget-one" aria-label="Forget this example of ${name}"
        @click=${() => this.#book.forget([id])}>Forget</button>
    </li>`;
  }

  #comparison() {
    if (this.#validation === null) return nothing;
    const { examples, before, after } = this.#validation;
    const row = (name: string, testId: string, right: number) => html`
      <span>${name}</span>
      <meter max=${examples} value=${right} aria-label="${name}: ${right} of ${examples} right"></meter>
      <strong data-testid=${testId}>${`${right} (${Math.round((100 * right) / examples)}%)`}</strong>`;
    return [row('Before', 'right-before', before), row('After', 'right-after', after)];
  }

  async #forgetAll(): Promise<void> {
    if (!this.#sure) return this.#setSure(true);
    this.#setSure(false);
    await this.#book.forget(this.#book.all.map(({ id }) => id));
    this.#report('All forgotten: it reads as it came.');
  }

  #setSure(sure: boolean): void {
    this.#sure = sure;
    this.#show();
  }

  #export(): void {
    saveFile('corrections.jsonl', 'application/jsonl', writeCorrections(this.#book.all));
    this.#report(`Exported ${counted(this.#book.all.length, 'example')} as corrections.jsonl.`);
  }

  async #import(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (file === undefined) return;
    try {
      // A file that is too large is not read whole: readCorrections refuses its first part.
      const read = readCorrections(new Uint8Array(await file.slice(0, LARGEST_FILE + 1).arrayBuffer()));
      const added = read.filter(({ id }) => this.#book.get(id) === undefined);
      if (this.#book.all.length + added.length > MAX_KEPT) {
        throw new CorrectionsFileError('With this file there would be more than 10,000 examples; forget some first.');
      }
      await this.#book.put(added);
      const had = read.length - added.length;
      this.#report(`Imported ${counted(added.length, 'example')}${had > 0 ? `; ${had} were here already` : ''}.`);
    } catch (error) {
      const expected = error instanceof CorrectionsFileError;
      this.#report(expected ? error.message : "The file can't be read; choose it again.");
    } finally {
      input.value = ''; // the same file may be chosen again
    }
  }

  /** Set by hand, so that a screen reader reads the same sentence again. */
  #report(result: string): void {
    (this.#dialog.querySelector('.result') as HTMLElement).textContent = result;
  }

  #closeIfOutside({ target, clientX, clientY }: MouseEvent): void {
    const { left, right, top, bottom } = this.#dialog.getBoundingClientRect();
    const outside = clientX < left || clientX > right || clientY < top || clientY > bottom;
    if (target === this.#dialog && outside) this.#dialog.close();
  }
}

function describe(all: readonly Correction[]): string {
  if (all.length === 0) {
    return 'Nothing yet. After a reading, tap the bar of what the digit really is: it learns at once, on this device.';
  }
  const corrections = all.filter(({ kind }) => kind === 'correction').length;
  const confirmed = all.length - corrections;
  const also = confirmed > 0 ? ` and ${counted(confirmed, 'confirmed reading')}` : '';
  return `${counted(corrections, 'correction')}${also}, on this device alone.`;
}

function explain({ examples }: Validation): string {
  return `Of your ${examples} examples, read right. Each was read by what was learnt from the others, not from itself.`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

import { inkBounds } from '../ink';
import {
  type Correction,
  type CorrectionBook,
  CorrectionsFileError,
  LARGEST_FILE,
  readCorrections,
  type Validation,
  writeCorrections,
} from '../learning';
import type { PaintInk } from '../pad';
import { makeButton } from './makeButton';

/** Newest first, and no more than these: a gallery is looked at, not counted. */
const MOST_PICTURES = 200;
const PICTURE_SIZE = 144; // pixels of its canvas
const INK_SHARE = 0.8; // of the picture
const MOST_KEPT = 10_000;

/** The dialog with the corrections. */
export class LearningPanel {
  readonly #book: CorrectionBook;
  readonly #validate: () => Promise<Validation | null>;
  readonly #paintInk: PaintInk;
  readonly #dialog = document.createElement('dialog');
  readonly #count = make('p');
  readonly #kept = make('p', 'alarm');
  readonly #compared = make('div', 'compared');
  readonly #comparedNote = make('p', 'note');
  readonly #choices: Record<'mine' | 'original', HTMLInputElement>;
  readonly #gallery = make('ul', 'gallery');
  readonly #result = make('p', 'result');
  readonly #forgetAll: HTMLButtonElement;
  readonly #export: HTMLButtonElement;
  readonly #file = document.createElement('input');
  /** Counts what was asked: an answer to an older question is not shown. */
  #asked = 0;

  /**
   * @param validate how the examples are read without and with learning from the others.
   * @param paint the pad's, handed over: code that two chunks share would be a third file of the page's start.
   */
  constructor(book: CorrectionBook, validate: () => Promise<Validation | null>, paint: PaintInk) {
    this.#book = book;
    this.#paintInk = paint;
    this.#validate = validate;
    const title = make('h2', '', 'Learnt from you');
    title.id = 'learnt-title';
    const close = makeButton('✕', 'close-learning', () => this.#dialog.close(), 'close');
    close.setAttribute('aria-label', 'Close');
    const readings = document.createElement('fieldset');
    const legend = make('legend', '', 'Read with');
    const [mine, original] = [makeRadio('mine', 'all it learnt'), makeRadio('original', 'the original')];
    this.#choices = { mine: mine.input, original: original.input };
    readings.append(legend, mine.label, original.label);
    readings.addEventListener('change', () => void book.use(mine.input.checked));
    this.#result.setAttribute('role', 'status');
    this.#result.dataset.testid = 'learning-result';
    this.#kept.dataset.testid = 'not-kept';
    this.#count.dataset.testid = 'learnt-count';
    this.#compared.dataset.testid = 'compared';
    this.#gallery.dataset.testid = 'gallery';
    this.#gallery.setAttribute('aria-label', 'Your examples, the newest first');
    this.#export = makeButton('Export', 'export-corrections', () => this.#exportFile());
    const take = makeButton('Import', 'import-corrections', () => this.#file.click());
    this.#forgetAll = makeButton('Forget all', 'forget-all', () => void this.#askForgetAll(), 'dangerous');
    this.#forgetAll.addEventListener('blur', () => this.#calm());
    this.#file.type = 'file';
    this.#file.accept = '.jsonl,application/jsonl,application/x-ndjson';
    this.#file.hidden = true;
    this.#file.dataset.testid = 'corrections-file';
    this.#file.addEventListener('change', () => void this.#importFile());
    const actions = make('div', 'actions');
    actions.append(this.#export, take, this.#file, this.#forgetAll);
    this.#dialog.className = 'learnt';
    this.#dialog.dataset.testid = 'learning-panel';
    this.#dialog.setAttribute('aria-labelledby', title.id);
    this.#dialog.append(title, close, this.#count, this.#kept, this.#compared, this.#comparedNote, readings);
    this.#dialog.append(actions, this.#result, this.#gallery);
    // The page's own keys, Esc among them, are not for what is drawn while this is open.
    this.#dialog.addEventListener('keydown', (event) => event.stopPropagation());
    this.#dialog.addEventListener('click', (event) => event.target === this.#dialog && this.#closeOutside(event));
    document.body.append(this.#dialog);
  }

  /** Open the dialog. */
  open(): void {
    this.#result.textContent = '';
    this.#dialog.showModal();
    this.update();
  }

  /** Something has changed: the corrections, or what is used. */
  update(): void {
    if (!this.#dialog.open) return;
    const { all, useMine, whyNotKept } = this.#book;
    const corrections = all.filter(({ kind }) => kind === 'correction').length;
    const confirmed = all.length - corrections;
    this.#count.textContent =
      all.length === 0
        ? 'Nothing yet. After a reading, tap the bar of what the digit really is: it learns at once, on this device.'
        : `${counted(corrections, 'correction')}${confirmed > 0 ? ` and ${counted(confirmed, 'confirmed reading')}` : ''}, on this device alone.`;
    this.#kept.textContent = whyNotKept ?? '';
    this.#choices.mine.checked = useMine;
    this.#choices.original.checked = !useMine;
    this.#export.disabled = this.#forgetAll.disabled = all.length === 0;
    this.#showGallery(all);
    void this.#compare();
  }

  async #compare(): Promise<void> {
    const asked = ++this.#asked;
    const validation = await this.#validate().catch(() => null);
    if (asked !== this.#asked) return;
    this.#compared.replaceChildren();
    this.#comparedNote.textContent = validation
      ? `Of your ${validation.examples} examples, read right. Each was read by what was learnt from the others, not from itself.`
      : '';
    if (validation === null) return;
    for (const [name, right] of [
      ['Before', validation.before],
      ['After', validation.after],
    ] as const) {
      const meter = document.createElement('meter');
      meter.max = validation.examples;
      meter.value = right;
      const share = make('strong', '', `${right} (${Math.round((100 * right) / validation.examples)}%)`);
      share.dataset.testid = name === 'Before' ? 'right-before' : 'right-after';
      meter.setAttribute('aria-label', `${name}: ${right} of ${validation.examples} right`);
      this.#compared.append(make('span', '', name), meter, share);
    }
  }

  #showGallery(all: readonly Correction[]): void {
    const newest = all.slice(-MOST_PICTURES).reverse();
    this.#gallery.hidden = newest.length === 0;
    const had = this.#gallery.contains(document.activeElement);
    this.#gallery.replaceChildren(...newest.map((correction) => this.#makePicture(correction)));
    if (had) this.#gallery.querySelector('button')?.focus();
  }

  #makePicture(correction: Correction): HTMLElement {
    const { id, label } = correction;
    const name = label === null ? 'no digit' : String(label);
    const item = document.createElement('li');
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = PICTURE_SIZE;
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', `Example of ${name}`);
    requestAnimationFrame(() => paint(canvas, correction, this.#paintInk)); // once it is there, and has its colour
    const forget = makeButton('Forget', 'forget-one', () => void this.#book.forget([id]));
    forget.setAttribute('aria-label', `Forget this example of ${name}`);
    item.append(canvas, make('strong', '', name), forget);
    return item;
  }

  async #askForgetAll(): Promise<void> {
    if (this.#forgetAll.dataset.sure === undefined) {
      this.#forgetAll.dataset.sure = '';
      this.#forgetAll.textContent = `Sure? Forget ${this.#book.all.length}`;
      return;
    }
    this.#calm();
    await this.#book.forget(this.#book.all.map(({ id }) => id));
    this.#result.textContent = 'All forgotten: it reads as it came.';
  }

  #calm(): void {
    delete this.#forgetAll.dataset.sure;
    this.#forgetAll.textContent = 'Forget all';
  }

  #exportFile(): void {
    const { all } = this.#book;
    const address = URL.createObjectURL(new Blob([writeCorrections(all)], { type: 'application/jsonl' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = 'corrections.jsonl';
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    this.#result.textContent = `Exported ${counted(all.length, 'example')} as corrections.jsonl.`;
  }

  async #importFile(): Promise<void> {
    const file = this.#file.files?.[0];
    if (file === undefined) return;
    try {
      // Not read where it is too large: the file's own check is of what was read.
      const read = readCorrections(new Uint8Array(await file.slice(0, LARGEST_FILE + 1).arrayBuffer()));
      const added = read.filter(({ id }) => this.#book.get(id) === undefined);
      if (this.#book.all.length + added.length > MOST_KEPT) {
        throw new CorrectionsFileError('With this file there would be more than 10,000 examples; forget some first.');
      }
      await this.#book.put(added);
      const known = read.length - added.length;
      this.#result.textContent = `Imported ${counted(added.length, 'example')}${known > 0 ? `; ${known} were here already` : ''}.`;
    } catch (error) {
      this.#result.textContent =
        error instanceof CorrectionsFileError ? error.message : "The file can't be read; choose it again.";
    } finally {
      this.#file.value = ''; // the same file may be chosen again
    }
  }

  #closeOutside({ clientX, clientY }: MouseEvent): void {
    const { left, right, top, bottom } = this.#dialog.getBoundingClientRect();
    if (clientX < left || clientX > right || clientY < top || clientY > bottom) this.#dialog.close();
  }
}

/** Paint an example in the middle of its canvas. */
function paint(canvas: HTMLCanvasElement, { ink, pixels }: Correction, paintInk: PaintInk): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const colour = getComputedStyle(canvas).color;
  const box = ink && inkBounds(ink);
  if (box) {
    const scale = (PICTURE_SIZE * INK_SHARE) / Math.max(box.width, box.height, 0.05);
    const middle = PICTURE_SIZE / 2;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    context.setTransform(scale, 0, 0, scale, middle - x * scale, middle - y * scale);
    paintInk(context, ink, { colour, width: 8 / scale });
  } else if (pixels) {
    const step = PICTURE_SIZE / 28;
    context.fillStyle = colour;
    for (const [i, level] of pixels.entries()) {
      context.globalAlpha = level / 255;
      context.fillRect((i % 28) * step, Math.floor(i / 28) * step, step, step);
    }
  }
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function make(kind: string, className = '', text = ''): HTMLElement {
  const made = document.createElement(kind);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

function makeRadio(value: 'mine' | 'original', text: string): { label: HTMLElement; input: HTMLInputElement } {
  const input = document.createElement('input');
  input.type = 'radio';
  input.name = 'read-with';
  input.value = value;
  input.dataset.testid = `read-with-${value}`;
  const label = make('label');
  label.append(input, text);
  return { label, input };
}

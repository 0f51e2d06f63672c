import { html, render } from 'lit-html';
import type { ImageReading } from '../../api';
import type { QuarterTurn } from '../../bitmap';
import { PictureError } from '../../errors';
import { announce, find, make } from '../dom';
import { saveFile } from '../saveFile';
import { picturesText } from '../texts/pictures/picturesText';
import { sentenceFor } from '../texts/sentenceFor';
import { text } from '../texts/text';
import { asCsv, asText, type Result } from './asCsv';
import { asJson } from './asJson';
import { showModalForBack } from './backLeaves';
import { LargePicture } from './largePicture';
import { type HowToRead, LATE_MS, readPictureFile } from './pictureReader';
import { confidenceOf, digitsOf, emptyPlacesOf, keepSaid, linesOf, uprightOf, worstDigit } from './pictureResult';
import type { PicturesHost } from './picturesHost';
import type { Refused } from './readDropped';
import { ReadQueue } from './readQueue';
import { checkButton, numberOf, placeCutOut, type ReadPicture, remarkOf, spoken } from './resultCards';
import { type Outcome, ResultList } from './resultList';
import { sheetHead } from './sheetHead';

/** A screen reader says so many of the newest results. */
const SAID = 3;

/** What is to be read. */
interface Job {
  readonly source: File | Refused;
  /** Its item of the list, as soon as it has one. */
  item?: HTMLElement;
  /** How much is done, 0 to 1. */
  share: number;
}

/** The results of all pictures, in a dialog over the whole page. They stay when it is closed. */
export class PictureSheet {
  readonly #host: PicturesHost;
  readonly #dialog = make('dialog', 'pictures');
  readonly #head = make('header', 'pictures-head');
  readonly #strip = make('section', 'to-check');
  readonly #status = make('p', 'pictures-said');
  readonly #list: ResultList;
  readonly #large: LargePicture;
  readonly #queue = new ReadQueue<Job, Outcome>(
    (job, signal) => this.#read(job, signal),
    (outcome, job) => this.#settle(outcome, job),
    () => this.#tellResults(),
  );
  /** What is being read. */
  #current: Job | null = null;

  constructor(host: PicturesHost) {
    this.#host = host;
    this.#dialog.dataset.testid = 'pictures';
    this.#dialog.setAttribute('aria-labelledby', 'pictures-title');
    this.#status.setAttribute('role', 'status');
    this.#list = new ResultList({
      open: (picture) => this.#large.open(picture),
      copy: (picture) => void this.#copy(numberOf(picture)),
      readAgain: (file, item) => {
        const job: Job = { source: file, item, share: 0 };
        this.#showReading(job);
        this.#queue.add([job]);
      },
      onRemove: (next) => {
        this.#closeIfEmpty();
        (next ?? this.#head.querySelector('h2'))?.focus();
      },
    });
    this.#dialog.append(this.#head, make('div', 'pictures-body', this.#strip, this.#list.element), this.#status);
    document.body.append(this.#dialog);
    this.#large = new LargePicture({
      pictures: () => this.#list.pictures,
      onPick: host.onPick,
      onChange: (picture) => this.#update(picture),
      onClose: (picture) => this.#focusOn(picture),
      turn: (picture, how) => this.#turn(picture, how),
      say: (sentence) => this.#say(sentence),
      copy: (picture) => this.#copy(numberOf(picture)),
    });
  }

  /** Show the results. */
  open(): void {
    this.#show();
    void showModalForBack(this.#dialog);
  }

  /** Read files after those that wait; say of what holds no picture why. */
  add(sources: readonly (File | Refused)[]): void {
    if (sources.length === 0) return;
    this.#say('');
    this.#queue.add(sources.map((source) => ({ source, share: 0 })));
    this.open();
  }

  async #read(job: Job, signal: AbortSignal): Promise<Outcome> {
    const { source } = job;
    if ('why' in source) return source;
    this.#current = job;
    this.#show();
    const late = setTimeout(() => this.#showReading(job), LATE_MS);
    const onProgress = (share: number) => {
      job.share = share;
      this.#showHead();
      if (job.item) this.#showReading(job);
    };
    try {
      const reading = await readPictureFile(this.#host, source, { signal, onProgress });
      const { nothing } = reading;
      if (nothing !== null) throw new PictureError(nothing, `${source.name}: ${nothing}`);
      return asRead(source, reading);
    } catch (error) {
      return signal.aborted ? asStopped(source) : { name: source.name, why: sentenceFor(error) };
    } finally {
      clearTimeout(late);
      this.#current = null;
    }
  }

  #showReading(job: Job): void {
    job.item = this.#list.showReading(job.source.name, job.share, () => this.#stop(job), job.item);
  }

  #stop(job: Job): void {
    if (this.#queue.stop(job)) return; // its outcome will say so
    if ('size' in job.source) this.#settle(asStopped(job.source), job);
  }

  #settle(outcome: Outcome, job: Job): void {
    this.#list.show(outcome, job.item);
    this.#show();
  }

  /** Read a picture again, turned; what the user said of digits stays where it still holds. */
  async #turn(picture: ReadPicture, how: HowToRead & { readonly turn: QuarterTurn }): Promise<void> {
    const reading = await readPictureFile(this.#host, picture.file, how);
    if (this.#list.itemOf(picture) === undefined) return; // it was removed meanwhile
    URL.revokeObjectURL(picture.url);
    Object.assign(picture, asRead(picture.file, reading), { digits: keepSaid(picture, reading), byUser: true });
    this.#update(picture);
  }

  /** The digits of a picture have changed. */
  #update(picture: ReadPicture): void {
    this.#list.show(picture, this.#list.itemOf(picture));
    this.#show();
    const number = numberOf(picture);
    this.#say(number ? picturesText.nowReads(spoken(number)) : picturesText.noneNow);
  }

  /** The browser returns the focus to what opened the large picture, unless that has gone with the doubt. */
  #focusOn(picture: ReadPicture): void {
    const { activeElement } = document;
    if (activeElement?.closest('.pictures button')) return;
    this.#list.itemOf(picture)?.querySelector('button')?.focus();
  }

  #show(): void {
    this.#showHead();
    this.#showStrip();
    this.#host.onCount(this.#list.outcomes.length);
  }

  #showHead(): void {
    const { progress } = this.#queue;
    const { length: count } = this.#list.outcomes;
    const { reading, summary } = picturesText;
    render(
      sheetHead({
        title: progress
          ? reading(Math.min(progress.done + 1, progress.all), progress.all)
          : summary(count, this.#doubtful.length),
        progress: progress && { ...progress, done: progress.done + (this.#current?.share ?? 0) },
        hasResults: count > 0,
        add: (files) => this.add(files),
        copy: () => void this.#copy(asText(this.#results)),
        save: (format) => this.#save(format),
        removeAll: () => this.#removeAll(),
        close: () => this.#dialog.close(),
      }),
      this.#head,
    );
  }

  get #doubtful(): ReadPicture[] {
    return this.#list.pictures.filter(({ digits }) => worstDigit(digits) >= 0);
  }

  /** What to look at first: a digit of each picture in doubt. */
  #showStrip(): void {
    const doubtful = this.#doubtful;
    this.#strip.hidden = doubtful.length === 0;
    const check = (picture: ReadPicture) => html`<li>
      ${checkButton(picture, () => this.#large.open(picture, worstDigit(picture.digits)))}</li>`;
    render(html`<h3>${picturesText.toCheck}</h3><ul>${doubtful.map(check)}</ul>`, this.#strip);
    for (const [i, image] of this.#strip.querySelectorAll('img').entries()) {
      const picture = doubtful[i] as ReadPicture;
      placeCutOut(image, picture, worstDigit(picture.digits));
    }
  }

  get #results(): Result[] {
    return this.#list.outcomes.map((outcome) => {
      const { name } = outcome;
      if ('why' in outcome) return { name, lines: [], confidence: null, remark: outcome.why };
      const { digits, empty } = outcome;
      return { name, lines: linesOf(digits, empty), confidence: confidenceOf(digits), remark: remarkOf(outcome) };
    });
  }

  #save(format: 'CSV' | 'JSON'): void {
    if (format === 'CSV') saveFile('digits.csv', 'text/csv', asCsv(this.#results, picturesText.columns));
    else saveFile('digits.json', 'application/json', asJson(this.#list.outcomes));
  }

  #removeAll(): void {
    this.#queue.clear();
    this.#list.removeAll();
    this.#closeIfEmpty();
  }

  #closeIfEmpty(): void {
    this.#show();
    if (this.#list.outcomes.length > 0 || this.#queue.progress) return;
    this.#dialog.close();
    const { activeElement } = document; // what had the focus may be gone, or hidden with the dialog
    if (activeElement === document.body || this.#dialog.contains(activeElement)) find('upload').focus();
  }

  async #copy(content: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(content);
      this.#say(text.page.copied);
    } catch {
      this.#say(picturesText.notCopied);
    }
  }

  /** All are read. */
  #tellResults(): void {
    this.#show();
    const title = this.#head.querySelector('h2')?.textContent ?? '';
    const readings = this.#list.outcomes.map((one) => ('why' in one ? one.why : spoken(numberOf(one))));
    this.#say(`${title}. ${readings.slice(-SAID).join(', ')}`, false);
  }

  /** Say something; a screen reader reads only what is in the open dialog. */
  #say(sentence: string, visible = true): void {
    const { dialog } = this.#large;
    (dialog.open ? dialog : this.#dialog).append(this.#status);
    this.#status.classList.toggle('visually-hidden', !visible || sentence === '');
    this.#status.textContent = sentence;
    if (!this.#dialog.open && sentence !== '') announce(sentence);
  }
}

/** A picture with what was read on it. */
function asRead(file: File, reading: ImageReading): ReadPicture {
  const { name } = file;
  const url = reading.preview ? URL.createObjectURL(reading.preview) : '';
  const [digits, empty, upright] = [digitsOf(reading), emptyPlacesOf(reading), uprightOf(reading)];
  return { file, name, reading, digits, empty, upright, url, byUser: false };
}

function asStopped(file: File): Outcome {
  return { name: file.name, why: picturesText.stopped, file };
}

import './pictures.css';
import './resultCards.css';
import './readingCards.css';
import './largePicture.css';
import './digitBoxes.css';
import { showDropTarget } from './dropTarget';
import { PictureSheet } from './pictureSheet';
import type { PicturesHost } from './picturesHost';
import { readDropped } from './readDropped';
import { takeShared } from './takeShared';

/** The part of the page for pictures; acceptPictures.ts fetches it with the first. */
export class Pictures {
  readonly #sheet: PictureSheet;

  constructor(host: PicturesHost) {
    this.#sheet = new PictureSheet(host);
    showDropTarget();
  }

  /** Show the results. */
  open(): void {
    this.#sheet.open();
  }

  /** Read files after those that wait. */
  add(files: readonly File[]): void {
    this.#sheet.add(files);
  }

  /** Read files and folders that were dropped. */
  async addDropped(files: readonly File[], entries: readonly (FileSystemEntry | null)[]): Promise<void> {
    this.#sheet.add(await readDropped(files, entries));
  }

  /** Read the pictures that another application shared with the page. */
  async addShared(): Promise<void> {
    this.#sheet.add(await takeShared());
  }
}

/** What the page and the recognizer's worker exchange. Types only: both sides import it. */
import type { QuarterTurn } from '../bitmap';
import type { Head } from '../learning/head';
import type { DecodedImage } from './decodeImage';
import type { FileAddresses } from './files';
import type { ImageReading, LearningChange, Recognizer } from './recognizer';

/** A picture for the worker: a file, a bitmap, or pixels where the page had to decode it. */
export type ImageSource = Blob | ImageBitmap | DecodedImage;

/** How the worker is to read a picture. */
export interface ReaderImageOptions {
  /** Its number, by which it can be stopped. */
  readonly call: number;
  /** Pixels of the longer side of a preview, 0 for none. */
  readonly previewSide: number;
  readonly turn: QuarterTurn | undefined;
}

/** What a worker does for one recognizer; see Recognizer. It trusts what it gets: the page has checked it. */
export interface Reader extends Omit<Recognizer, 'backend' | 'dispose' | 'readImage' | 'learn'> {
  readImage(
    source: ImageSource,
    options: ReaderImageOptions,
    onProgress: (share: number) => void,
  ): Promise<ImageReading>;
  /** Stop reading a picture: its call ends with an AbortError. */
  stopImage(call: number): Promise<void>;
  /** @returns the head that was learnt from all examples, for the page to use too; null where none are left. */
  learn(change: LearningChange): Promise<Head | null>;
}

export interface RecognizerWorker {
  /**
   * Build the model and warm it up. Only then can readers be opened.
   *
   * @param contents the model's files, see buildModel.
   * @param files where what some readers need is fetched from.
   */
  load(contents: readonly Uint8Array<ArrayBuffer>[], files: FileAddresses): Promise<void>;
  /**
   * Open a reader that shares the model with the others, and learns for itself.
   *
   * @param id a number that no reader has had.
   */
  open(id: number): Promise<void>;
  /** Free all that belongs to a reader, and stop its pictures. */
  close(id: number): Promise<void>;
  /** The open readers. Not ports of their own: on some engines a message to a port takes longer than one to a worker. */
  readonly readers: Readonly<Record<number, Reader>>;
}

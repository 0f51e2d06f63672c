/** What the page and the recognizer's worker exchange. Types only: both sides import it. */
import type { QuarterTurn } from '../bitmap';
import type { DecodedImage } from './decodeImage';
import type { BackendName, ImageReading, LoadProgress, Recognizer } from './recognizer';

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

/** What a worker can do once it has loaded; see Recognizer. */
export interface Reader extends Omit<Recognizer, 'backend' | 'dispose' | 'readImage'> {
  readImage(
    source: ImageSource,
    options: ReaderImageOptions,
    onProgress: (share: number) => void,
  ): Promise<ImageReading>;
  /** Stop reading a picture: its call ends with an AbortError. */
  stopImage(call: number): Promise<void>;
}

export interface RecognizerWorker extends Reader {
  /**
   * Fetch the files from the site at `siteUrl`, check them, and warm the model up. Only then can the worker read.
   *
   * After a LoadError or a ConnectionError, `load` may be called again and keeps the files that arrived. After any other
   * error a new worker is needed.
   *
   * @returns the backend that it runs on.
   */
  load(siteUrl: string, onProgress: (progress: LoadProgress) => void): Promise<BackendName>;
}

/** What the page and the recognizer's worker exchange. Types only: both sides import it. */
import type { DecodedImage } from './decodeImage';
import type { BackendName, ImageReading, LoadProgress, Recognizer } from './recognizer';

/** A picture for the worker: a file, a bitmap, or pixels where the page had to decode it. */
export type ImageSource = Blob | ImageBitmap | DecodedImage;

/** What a worker can do once it has loaded; see Recognizer. */
export interface Reader extends Omit<Recognizer, 'backend' | 'dispose' | 'readImage'> {
  /** @param previewSide pixels of the longer side of a preview, 0 for none. */
  readImage(source: ImageSource, previewSide: number): Promise<ImageReading>;
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

import type { Ink } from '../../ink';
import type { Validation } from '../../learning/crossValidate';
import type { Reading } from '../../reading';
import type { BackendName, ImageReading, LearningChange, LoadProgress } from '../protocol';

export interface RecognizerOptions {
  /** The folder of the site's index.html, from which model and runtime are fetched; by default this module's own site. */
  readonly baseUrl?: string;
  /** Called with the number of bytes that have arrived, each time it grows. */
  readonly onProgress?: (progress: LoadProgress) => void;
  /**
   * Called with the reason where loading fails, instead of rejecting. Loading goes on when the promise resolves, without
   * fetching again what has arrived.
   */
  readonly onTrouble?: (error: Error) => Promise<void>;
}

/** Reads digits in a worker of its own. */
export interface Recognizer {
  /** Where the network runs. */
  readonly backend: BackendName;
  /** n×784 pixels, 0 (paper) to 1 (ink), row by row, to n×10 probabilities. */
  classify(pixels: Float32Array): Promise<Float32Array>;
  /**
   * Read a digit, or a number in one line, from strokes of [x, y] points, y down, in any unit. Each digit of the reading
   * names its strokes. No ink reads as nothing.
   */
  readInk(strokes: Ink): Promise<Reading>;
  /**
   * Read the digits of a picture, line by line, from left to right: a file or Blob (PNG, JPEG, WebP, GIF, AVIF, BMP; of an
   * animation the first frame), or anything else that createImageBitmap takes. Boxes are in the picture's pixels. A picture
   * without digits reads as nothing.
   *
   * @param options.previewSide pixels of the longer side of a preview; by default there is none.
   * @throws PictureError (by `name`) where it is not a picture, damaged or too large.
   */
  readImage(source: ImageBitmapSource, options?: { readonly previewSide?: number }): Promise<ImageReading>;
  /**
   * Learn from examples, beside those of earlier calls, and forget others; later readings use it. The worker keeps the
   * examples until it ends; they are stored nowhere else.
   *
   * @throws LoadError (by `name`) where the program that learns can't be fetched.
   */
  learn(change: LearningChange): Promise<void>;
  /** Whether readings use what was learnt; by default they do. */
  useLearnt(use: boolean): Promise<void>;
  /** How many examples are read right without and with learning from the others; null where there are too few. */
  validateLearning(): Promise<Validation | null>;
  /** Tensors alive in the worker; a number that grows from call to call is a memory leak. */
  countTensors(): Promise<number>;
  /** End the worker. Pending calls are rejected, and so are all later ones. */
  dispose(): void;
}

/** What the page and the recognizer's worker exchange. Types only: both sides import it. */

import type { PictureReading } from '../bitmap';
import type { Ink } from '../ink';
import type { Validation } from '../learning/crossValidate';
import type { Reading } from '../reading';
import type { DecodedImage } from './decodeImage';

/** Bytes of the runtime and the model that have arrived, after decompression. */
export interface LoadProgress {
  readonly loaded: number;
  readonly total: number;
}

/** A picture for the worker: a file, a bitmap, or pixels where the page had to decode it. */
export type ImageSource = Blob | ImageBitmap | DecodedImage;

/** What was read on a picture, with boxes in the picture's own pixels. */
export interface ImageReading extends PictureReading {
  /** Pixels of the picture, after its EXIF orientation is applied. */
  readonly width: number;
  readonly height: number;
  /** A small JPEG of it, or null where none was asked for. */
  readonly preview: Blob | null;
}

/** A drawing or a picture, with the digit that the user says it is. */
export interface Example {
  /** Unique. The order of the ids is the order in which examples count. */
  readonly id: string;
  /** 0 to 9; null for no digit. */
  readonly label: number | null;
  /** The ink of one digit; or else 784 pixels, 0 to 255 of ink, row by row. */
  readonly ink?: Ink;
  readonly pixels?: ArrayLike<number>;
}

/** Examples to learn from, and the ids of those to forget. An added example replaces an older one of the same id. */
export interface LearningChange {
  readonly add?: readonly Example[];
  readonly forget?: readonly string[];
}

export type BackendName = 'wasm-simd' | 'wasm' | 'cpu';

/** What a worker does once it has loaded. */
export interface Reader {
  /** n×784 pixels, 0 to 1, to n×10 probabilities. */
  classify(pixels: Float32Array): Promise<Float32Array>;
  /** Read the ink of a digit or a number. */
  readInk(ink: Ink): Promise<Reading>;
  /** Read the digits of a picture; `previewSide` pixels for a preview, 0 for none. Throws PictureError. */
  readImage(source: ImageSource, previewSide: number): Promise<ImageReading>;
  /** Learn from examples, beside those of earlier calls, and forget others; the next reading uses it. */
  learn(change: LearningChange): Promise<void>;
  /** Whether readings use what was learnt; by default they do. */
  useLearnt(use: boolean): void;
  /** How the examples are read without and with learning from the others; null where there are too few. */
  validateLearning(): Promise<Validation | null>;
  /** Tensors alive now; a number that grows from call to call is a memory leak. */
  countTensors(): number;
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

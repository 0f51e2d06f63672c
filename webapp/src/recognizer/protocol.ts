/** What the page and the recognizer's worker say to each other. Types only: both sides import it. */

import type { PictureReading } from '../bitmap';
import type { Ink } from '../ink';
import type { Validation } from '../learning/crossValidate';
import type { Reading } from '../reading';
import type { DecodedImage } from './decodeImage';

/** Bytes of the runtime and the model that have come so far, as they are after decompression. */
export interface LoadProgress {
  readonly loaded: number;
  readonly total: number;
}

/** A picture for the worker: as a file, as a bitmap, or decoded by the page where the worker has no canvas. */
export type ImageSource = Blob | ImageBitmap | DecodedImage;

/** What was read on a picture, with boxes in the picture's own pixels. */
export interface ImageReading extends PictureReading {
  /** Pixels of the picture, turned as it asks for. */
  readonly width: number;
  readonly height: number;
  /** A small JPEG of it, or null where none was asked for. */
  readonly preview: Blob | null;
}

/** What a user says that a drawing or a picture is. */
export interface Example {
  /** By which it is known: unique, and the order in which examples count. */
  readonly id: string;
  /** 0 to 9; null for no digit. */
  readonly label: number | null;
  /** The ink of one digit; or else 784 pixels, 0 to 255 of ink, row by row. */
  readonly ink?: Ink;
  readonly pixels?: ArrayLike<number>;
}

/** What is to be learnt from now on, and what no more. An example that is known is replaced. */
export interface LearningChange {
  readonly add?: readonly Example[];
  readonly forget?: readonly string[];
}

export type BackendName = 'wasm-simd' | 'wasm' | 'cpu';

/**
 * The worker's side. Every call after a failed `load` fails. Where it failed with a LoadError or a ConnectionError,
 * `load` may be called again and keeps what has come; after any other error a new worker is needed.
 */
export interface RecognizerWorker {
  /** Fetch what is needed from the site at `siteUrl`, check it, and warm the model up. Says on which backend it runs. */
  load(siteUrl: string, onProgress: (progress: LoadProgress) => void): Promise<BackendName>;
  /** n×784 pixels, 0 to 1, to n×10 probabilities. */
  classify(pixels: Float32Array): Promise<Float32Array>;
  /** Read the ink of a digit or a number. */
  readInk(ink: Ink): Promise<Reading>;
  /** Read the digits of a picture; `previewSide` pixels for a preview, 0 for none. Throws PictureError, one sentence. */
  readImage(source: ImageSource, previewSide: number): Promise<ImageReading>;
  /** Learn from examples, beside those of earlier calls, and forget others; the next reading uses it. */
  learn(change: LearningChange): Promise<void>;
  /** Whether readings use what was learnt; they do unless told otherwise. */
  useLearnt(use: boolean): void;
  /** How the examples are read without and with learning from the others; null where there are too few. */
  validateLearning(): Promise<Validation | null>;
  /** Tensors alive now; constant from call to call, or memory leaks. */
  countTensors(): number;
}

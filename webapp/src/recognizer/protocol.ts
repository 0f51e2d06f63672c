/** What the page and the recognizer's worker say to each other. Types only: both sides import it. */

import type { PictureReading } from '../bitmap';
import type { Ink } from '../ink';
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
  /** Read the ink of one digit. */
  readInk(ink: Ink): Promise<Reading>;
  /** Read the digits of a picture; `previewSide` pixels for a preview, 0 for none. Throws PictureError, one sentence. */
  readImage(source: ImageSource, previewSide: number): Promise<ImageReading>;
  /** Tensors alive now; constant from call to call, or memory leaks. */
  countTensors(): number;
}

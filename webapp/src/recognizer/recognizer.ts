/** The public interface of the recognizer. Types only. */
import type { PictureReading, QuarterTurn } from '../bitmap';
import type { Ink } from '../ink';
import type { Validation } from '../learning/crossValidate';
import type { BackendName } from '../network/layers';
import type { Reading } from '../reading';

export type { BackendName };

export interface RecognizerOptions {
  /** The folder of the site's index.html, from which the model is fetched; by default this module's own site. */
  readonly baseUrl?: string;
  /** Called with the number of bytes that have arrived, each time it grows. */
  readonly onProgress?: (progress: LoadProgress) => void;
  /**
   * Called with the reason where loading fails, instead of rejecting. Loading goes on when the promise resolves, without
   * fetching again what has arrived.
   */
  readonly onTrouble?: (error: Error) => Promise<void>;
}

/**
 * Reads digits: of ink at once, what takes longer in a worker. All recognizers of a site share model and worker; what one
 * learns changes no other.
 */
export interface Recognizer {
  /** Where the network runs. */
  readonly backend: BackendName;
  /**
   * n×784 pixels, 0 (paper) to 1 (ink), row by row, to n×10 probabilities.
   *
   * @throws InvalidInputError where they are anything else.
   */
  classify(pixels: Float32Array): Promise<Float32Array>;
  /**
   * Read a digit or a number, also in several lines, from strokes of [x, y] points, y down, in any unit. Each digit of the
   * reading names its strokes.
   *
   * @throws InvalidInputError where a point is not two finite numbers, or there is none.
   */
  readInk(strokes: Ink): Promise<Reading>;
  /**
   * Read the digits of a picture, line by line, from left to right: a file or Blob (PNG, JPEG, WebP, GIF, AVIF, BMP; of an
   * animation the first frame), or anything else that createImageBitmap takes. Boxes are in the picture's pixels. A picture
   * without digits reads as nothing.
   *
   * @throws PictureError where it is not a picture, damaged or too large; what `options.signal` was aborted with,
   * by default an AbortError.
   */
  readImage(source: ImageBitmapSource, options?: ReadImageOptions): Promise<ImageReading>;
  /**
   * Show what the network makes of one image of 784 pixels, layer by layer, with the head that readings use.
   *
   * @param withHeat whether to find out what in the ink decides. That takes a hundred readings. Others are answered in
   * between, and a newer call ends it: then `heat` is null.
   * @throws ModelLoadError where the program for it can't be fetched; InvalidInputError where it is not one image.
   */
  lookInside(pixels: Float32Array, withHeat?: boolean): Promise<Inside>;
  /**
   * Learn from examples, beside those of earlier calls, and forget others; later readings use it. The worker keeps the
   * examples until it ends; they are stored nowhere else.
   *
   * @throws ModelLoadError where the program that learns can't be fetched.
   */
  learn(change: LearningChange): Promise<void>;
  /** Whether readings use what was learnt; by default they do. */
  useLearnt(use: boolean): Promise<void>;
  /** How many examples are read right without and with learning from the others; null where there are too few. */
  validateLearning(): Promise<Validation | null>;
  /** Free all that is its own; the last one ends the worker. Pending and later calls are rejected with a DisposedError. */
  dispose(): void;
}

/** Bytes of the model that have arrived, after decompression. */
export interface LoadProgress {
  readonly loaded: number;
  readonly total: number;
}

/** How a picture is read. */
export interface ReadImageOptions {
  /** Pixels of the longer side of a preview; by default there is none. */
  readonly previewSide?: number;
  /** Read the picture turned so, clockwise, after its EXIF orientation; by default the way up that reads most surely. */
  readonly turn?: QuarterTurn | undefined;
  /** Called with how much is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Stops the reading and frees its memory. */
  readonly signal?: AbortSignal;
}

/** What was read on a picture, with boxes in the pixels of the picture as it was given, however it was turned. */
export interface ImageReading extends PictureReading {
  /** Pixels of the picture, after its EXIF orientation is applied and before it is turned by `remarks.turned`. */
  readonly width: number;
  readonly height: number;
  /** A small JPEG of it as it was read, turned by `remarks.turned`; null where none was asked for. */
  readonly preview: Blob | null;
  /** Whether there was more than can be read: `remarks.notRead` pieces. */
  readonly truncated: boolean;
}

/** What the network makes of one image. */
export interface Inside {
  /** The layers whose output is pictures, in their order. */
  readonly layers: readonly FeatureMaps[];
  /** What the head takes, 0 or more each. */
  readonly features: Float32Array;
  /** Of the ten digits. */
  readonly probabilities: Float32Array;
  /**
   * 10×784, for each digit and each pixel: by how much the digit's log-odds fall where the ink around the pixel is covered.
   * Positive ink speaks for the digit, negative against it; without ink 0. Null where it was not asked for, or not finished.
   */
  readonly heat: Float32Array | null;
}

/** The output of one layer: as many small pictures as it has channels. */
export interface FeatureMaps {
  readonly name: string;
  readonly kind: 'convolution' | 'pooling';
  readonly channels: number;
  readonly width: number;
  readonly height: number;
  /** height×width×channels, 0 or more each. */
  readonly values: Float32Array;
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

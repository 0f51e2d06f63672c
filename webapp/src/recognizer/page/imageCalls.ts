import { proxy, type Remote, transfer } from 'comlink';
import { PictureError } from '../../errors';
import type { ImageSource, Reader } from '../protocol';
import type { ImageReading, ReadImageOptions } from '../recognizer';
import { refuse } from '../refuse';
import type { Silence } from './silence';

/** Longest time without progress with one picture; a busy phone takes seconds to decode one. */
const TIMEOUT_MS = 120_000;

/** What each option must be. */
const OPTIONS: Readonly<Record<keyof ReadImageOptions, readonly [(value: unknown) => boolean, wanted: string]>> = {
  previewSide: [(value) => Number.isFinite(value) && (value as number) >= 0, 'a number of pixels, 0 or more'],
  turn: [(value) => [0, 90, 180, 270].includes(value as number), '0, 90, 180 or 270 degrees clockwise'],
  onProgress: [(value) => typeof value === 'function', 'a function'],
  signal: [(value) => typeof (value as AbortSignal | null)?.throwIfAborted === 'function', 'an AbortSignal'],
};

/** Pictures for one worker, one after the other: decoded, each takes a hundred times the memory of its file. */
export class ImageCalls {
  readonly #silence: Silence;
  #before: Promise<unknown> = Promise.resolve();
  #calls = 0;

  constructor(silence: Silence) {
    this.#silence = silence;
  }

  /**
   * See Recognizer.readImage.
   *
   * @param reader the worker's reader that reads it.
   * @param ended is aborted when that reader ends.
   */
  read(
    reader: Remote<Reader>,
    source: ImageBitmapSource,
    options: ReadImageOptions,
    ended: AbortSignal,
  ): Promise<ImageReading> {
    checkOptions(options);
    const signals = [ended, options.signal ?? ended];
    for (const signal of signals) signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const call = ++this.#calls;
      const stopped = new AbortController();
      const stop = ({ target }: Event) => {
        forget();
        stopped.abort((target as AbortSignal).reason);
        reject(stopped.signal.reason);
        void reader.stopImage(call);
      };
      const forget = () => {
        for (const signal of signals) signal.removeEventListener('abort', stop);
      };
      for (const signal of signals) signal.addEventListener('abort', stop);
      const turn = this.#before.then(() => this.#send(reader, call, source, options, stopped.signal));
      this.#before = turn.catch(() => {}).finally(forget);
      turn.then(resolve, reject);
    });
  }

  async #send(
    reader: Remote<Reader>,
    call: number,
    source: ImageBitmapSource,
    { previewSide = 0, turn, onProgress }: ReadImageOptions,
    signal: AbortSignal,
  ): Promise<ImageReading> {
    signal.throwIfAborted();
    const image = await sendableImage(source, previewSide);
    if (signal.aborted) {
      if ('close' in image) image.close();
      throw signal.reason;
    }
    const onShare = (share: number) => {
      this.#silence.heard();
      if (!signal.aborted) onProgress?.(share);
    };
    const answer = reader.readImage(handOver(image), { call, previewSide, turn }, proxy(onShare));
    const reading = await this.#silence.during(TIMEOUT_MS, answer);
    if (typeof OffscreenCanvas === 'function' || reading.preview === null) return reading;
    const { turnPreview } = await import('../turnPreview');
    return { ...reading, preview: await turnPreview(reading.preview, reading.remarks.turned) };
  }
}

/** @throws InvalidInputError that names the option which is wrong; one that is left out is right. */
function checkOptions(options: unknown): void {
  if (Object(options) !== options) refuse('options', options, 'an object, or nothing');
  for (const [name, [isRight, wanted]] of Object.entries(OPTIONS)) {
    const value = (options as Record<string, unknown>)[name];
    if (value !== undefined && !isRight(value)) refuse(`The option ${name}`, value, wanted);
  }
}

/**
 * Turn a picture into what can be sent to a worker: no element of the page, and pixels where the worker has no canvas to
 * decode it with (before Safari 16.4).
 *
 * @throws PictureError where the source is not a loaded picture.
 */
async function sendableImage(source: ImageBitmapSource, previewSide: number): Promise<ImageSource> {
  const image = source instanceof Blob ? source : await bitmapOf(source);
  if (typeof OffscreenCanvas === 'function') return image;
  const { decodeImage } = await import('../decodeImage');
  const decoded = await decodeImage(image, previewSide);
  const { data, width, height } = decoded.picture;
  return { ...decoded, picture: { data, width, height } };
}

async function bitmapOf(source: Exclude<ImageBitmapSource, Blob>): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(source);
  } catch (error) {
    throw new PictureError(
      'not-loaded',
      `Give readImage a picture that is loaded: a File, an image, a canvas (${(error as Error).message}).`,
    );
  }
}

/** A picture for the worker: a file is copied, anything else is transferred. */
function handOver(image: ImageSource): ImageSource {
  if (image instanceof Blob) return image;
  return transfer(image, ['picture' in image ? (image.picture.data as Uint8ClampedArray<ArrayBuffer>).buffer : image]);
}

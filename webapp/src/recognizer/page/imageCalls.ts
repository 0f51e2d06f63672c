import { proxy, type Remote, transfer } from 'comlink';
import { PictureError } from '../../errors';
import type { ImageSource, RecognizerWorker } from '../protocol';
import type { ImageReading, ReadImageOptions } from '../recognizer';

/** Longest time without progress with one picture; a busy phone takes seconds to decode one. */
const TIMEOUT_MS = 120_000;

/** Makes a call that ends the worker where nothing is heard of it for some time. */
type Call = <T>(call: (restart: () => void) => Promise<T>, limitMs: number) => Promise<T>;

/** Pictures for one worker, one after the other: decoded, each takes a hundred times the memory of its file. */
export class ImageCalls {
  readonly #remote: Remote<RecognizerWorker>;
  readonly #call: Call;
  #before: Promise<unknown> = Promise.resolve();
  #calls = 0;

  constructor(remote: Remote<RecognizerWorker>, call: Call) {
    this.#remote = remote;
    this.#call = call;
  }

  /** See Recognizer.readImage. */
  read(source: ImageBitmapSource, options: ReadImageOptions = {}): Promise<ImageReading> {
    const { signal } = options;
    return new Promise((resolve, reject) => {
      const call = ++this.#calls;
      const stop = () => {
        reject(signal?.reason);
        void this.#remote.stopImage(call);
      };
      signal?.throwIfAborted();
      signal?.addEventListener('abort', stop, { once: true });
      const turn = this.#before.then(() => this.#send(call, source, options));
      this.#before = turn.catch(() => {}).finally(() => signal?.removeEventListener('abort', stop));
      turn.then(resolve, reject);
    });
  }

  async #send(
    call: number,
    source: ImageBitmapSource,
    { previewSide = 0, turn, onProgress, signal }: ReadImageOptions,
  ): Promise<ImageReading> {
    signal?.throwIfAborted();
    const image = await sendableImage(source, previewSide);
    if (signal?.aborted) {
      if ('close' in image) image.close();
      throw signal.reason;
    }
    const send = (restart: () => void) => {
      const onShare = (share: number) => {
        restart();
        if (!signal?.aborted) onProgress?.(share);
      };
      return this.#remote.readImage(handOver(image), { call, previewSide, turn }, proxy(onShare));
    };
    const reading = await this.#call(send, TIMEOUT_MS);
    if (typeof OffscreenCanvas === 'function' || reading.preview === null) return reading;
    const { turnPreview } = await import('../turnPreview');
    return { ...reading, preview: await turnPreview(reading.preview, reading.remarks.turned) };
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

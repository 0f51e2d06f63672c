import { proxy, type Remote, releaseProxy, transfer, wrap } from 'comlink';
import { ConnectionError, isLoadError, LoadError, StartError, StoppedError } from '../errors';
import type { Ink } from '../ink';
import type { Validation } from '../learning/crossValidate';
import type { Reading } from '../reading';
import { PendingCalls } from './pendingCalls';
import type {
  BackendName,
  ImageReading,
  ImageSource,
  LearningChange,
  LoadProgress,
  RecognizerWorker,
} from './protocol';
import workerUrl from './worker?worker&url';

export interface RecognizerOptions {
  /** The folder of the site's index.html, from which model and runtime are fetched; by default this module's own site. */
  readonly baseUrl?: string;
  /** Told how many bytes have come, when more have. */
  readonly onProgress?: (progress: LoadProgress) => void;
  /**
   * Told why loading failed, instead of the caller; it goes on when the promise resolves. What has come is not fetched
   * again.
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
   * says which strokes are its own. No ink reads as nothing.
   */
  readInk(strokes: Ink): Promise<Reading>;
  /**
   * Read the digits of a picture, line by line, from left to right: a file or Blob (PNG, JPEG, WebP, GIF, AVIF, BMP; of an
   * animation the first frame), or anything else that createImageBitmap takes. Boxes are in the picture's pixels. A picture
   * without digits reads as nothing.
   *
   * @param options.previewSide pixels of the longer side of a preview that is to come along.
   * @throws PictureError (by `name`), one sentence, where it is no picture, damaged or too large.
   */
  readImage(source: ImageBitmapSource, options?: { readonly previewSide?: number }): Promise<ImageReading>;
  /**
   * Learn from examples, beside those of earlier calls, and forget others; later readings use it. The examples are kept
   * in the worker alone, until it ends.
   *
   * @throws LoadError (by `name`) where the program that learns can't be fetched.
   */
  learn(change: LearningChange): Promise<void>;
  /** Whether readings use what was learnt; they do unless told otherwise. */
  useLearnt(use: boolean): Promise<void>;
  /** How many examples are read right without and with learning from the others; null where there are too few. */
  validateLearning(): Promise<Validation | null>;
  /** Tensors alive in the worker; constant from call to call, or memory leaks. */
  countTensors(): Promise<number>;
  /** End the worker; what is still pending is rejected, and so is every later call. */
  dispose(): void;
}

/** Silence while loading, without a byte, after which the worker is given up. */
const LOAD_SILENCE_MS = 60_000;

/** Time for one picture, which a busy phone takes seconds to decode. */
const IMAGE_LIMIT_MS = 120_000;

/** Time for one reading, a hundred times what the slowest device takes, and for each pixel of a batch. */
const READ_LIMIT_MS = 10_000;
const PIXEL_LIMIT_MS = 1;

/** Likewise for each example that is new, and for learning five times over. */
const EXAMPLE_LIMIT_MS = 100;
const VALIDATION_LIMIT_MS = 120_000;

/**
 * Start a recognizer: fetch the model and the runtime, check them, warm up.
 *
 * @throws LoadError (by `name`) with one sentence for the user where a file is missing, cut short or altered;
 * ConnectionError where the server can't be reached; StartError where everything came and yet does not run.
 */
export async function createRecognizer(options: RecognizerOptions = {}): Promise<Recognizer> {
  const siteUrl = new URL((options.baseUrl ?? ownSite()).replace(/\/?$/, '/'), document.baseURI).href;
  let session: WorkerSession | null = null;
  let mended = false;
  for (;;) {
    try {
      session ??= new WorkerSession();
      return await session.load(siteUrl, options.onProgress);
    } catch (error) {
      let reason = error as Error;
      // The worker goes on where a file is at fault, with the files that have come.
      if (session && !isLoadError(reason)) {
        const started = session.started;
        session.dispose(reason);
        session = null;
        if (!started) {
          const trouble = await mendProgram();
          // As any file: a damaged one is tried again once, past the HTTP cache.
          if (trouble === null && !mended) {
            mended = true;
            continue;
          }
          reason = trouble ?? reason;
        }
      }
      if (!options.onTrouble) {
        session?.dispose(reason);
        throw reason;
      }
      await options.onTrouble(reason);
      mended = false;
    }
  }
}

/** One worker, from its start to its end. */
class WorkerSession {
  readonly #worker: Worker;
  readonly #remote: Remote<RecognizerWorker>;
  readonly #calls = new PendingCalls(); // comlink alone would let callers wait for ever on a worker that has died
  #loading = true;
  #started = false;

  constructor() {
    if (typeof Worker !== 'function') {
      throw new LoadError('This browser has no workers, which the reader runs in; open the page in another browser.');
    }
    this.#worker = startWorker(workerUrl);
    this.#remote = wrap<RecognizerWorker>(this.#worker);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#end(event.message);
    };
  }

  /** Whether the worker has said anything: its script came, and runs. */
  get started(): boolean {
    return this.#started;
  }

  /** Fetch and start what reads. May be called again after a LoadError or a ConnectionError. */
  async load(siteUrl: string, onProgress?: (progress: LoadProgress) => void): Promise<Recognizer> {
    let silence: ReturnType<typeof setTimeout> | undefined;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => this.#end('no answer'), LOAD_SILENCE_MS);
    };
    let running = true;
    let least = Infinity;
    const onBytes = (progress: LoadProgress) => {
      if (!running) return; // progress has a channel of its own and may come after the failure of another file
      this.#started = true;
      heard();
      least = Math.min(least, progress.loaded); // a file that starts anew is no progress
      if (progress.loaded > least) onProgress?.(progress);
    };
    try {
      heard();
      const backend = await this.#ask(() => this.#remote.load(siteUrl, proxy(onBytes)), Infinity);
      this.#loading = false;
      return {
        backend,
        classify: (pixels) =>
          this.#ask(() => this.#remote.classify(pixels), READ_LIMIT_MS + pixels.length * PIXEL_LIMIT_MS),
        readInk: (strokes) => this.#ask(() => this.#remote.readInk(strokes)),
        readImage: async (source, { previewSide = 0 } = {}) => {
          const { sendableImage } = await import('./sendableImage');
          const image = await sendableImage(source, previewSide);
          return this.#ask(() => this.#remote.readImage(handOver(image), previewSide), IMAGE_LIMIT_MS);
        },
        learn: (change) =>
          this.#ask(() => this.#remote.learn(change), READ_LIMIT_MS + (change.add?.length ?? 0) * EXAMPLE_LIMIT_MS),
        useLearnt: (use) => this.#ask(() => this.#remote.useLearnt(use)),
        validateLearning: () => this.#ask(() => this.#remote.validateLearning(), VALIDATION_LIMIT_MS),
        countTensors: () => this.#ask(() => this.#remote.countTensors()),
        dispose: () => this.dispose(new Error('The recognizer was disposed of.')),
      };
    } finally {
      running = false;
      clearTimeout(silence);
    }
  }

  dispose(reason: Error): void {
    this.#calls.stop(reason);
    this.#remote[releaseProxy]();
    this.#worker.terminate();
  }

  #ask<T>(call: () => Promise<T>, limitMs = READ_LIMIT_MS): Promise<T> {
    return this.#calls.run(call, limitMs, () => this.#end(''));
  }

  #end(detail: string): void {
    this.#calls.stop(this.#loading ? new StartError(detail) : new StoppedError());
  }
}

/** A picture for the worker: copied where it is a file, else given away. */
function handOver(image: ImageSource): ImageSource {
  if (image instanceof Blob) return image;
  return transfer(image, ['picture' in image ? (image.picture.data as Uint8ClampedArray<ArrayBuffer>).buffer : image]);
}

/**
 * Fetch the worker's script past the HTTP cache, which may hold a damaged one for ever: it is asked for by a name that
 * promises its content.
 *
 * @returns what is wrong with it, or null where it is there.
 */
async function mendProgram(): Promise<Error | null> {
  const answer = await fetch(workerUrl, { cache: 'reload', credentials: 'same-origin' }).catch(() => null);
  await answer?.arrayBuffer().catch(() => {}); // the cache keeps whole answers only
  if (answer === null || answer.status >= 500) {
    return new ConnectionError("The reader's program can't be reached; check the connection and try again.");
  }
  if (answer.ok) return null;
  return new LoadError(`The reader's program is missing on the server (answer ${answer.status}); try again later.`);
}

/** Start the worker, from another origin too, where a browser takes no worker's script but does import modules. */
function startWorker(address: string): Worker {
  const options: WorkerOptions = { type: 'module', name: 'recognizer' };
  if (new URL(address, document.baseURI).origin === location.origin) return new Worker(address, options);
  const script = new Blob([`import ${JSON.stringify(address)};`], { type: 'text/javascript' });
  const scriptUrl = URL.createObjectURL(script);
  const worker = new Worker(scriptUrl, options);
  // Not at once: some browsers fetch the script later.
  worker.addEventListener('message', () => URL.revokeObjectURL(scriptUrl), { once: true });
  return worker;
}

/** Modules of a built site lie one folder below its index.html; the development server serves sources. */
function ownSite(): string {
  return import.meta.env.DEV ? document.baseURI : new URL(/* @vite-ignore */ '..', import.meta.url).href;
}

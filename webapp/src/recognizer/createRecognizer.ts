import { proxy, type Remote, releaseProxy, wrap } from 'comlink';
import type { Ink } from '../ink';
import type { Reading } from '../reading';
import { PendingCalls } from './pendingCalls';
import type { BackendName, LoadProgress, RecognizerWorker } from './protocol';
import workerUrl from './worker?worker&url';

export interface RecognizerOptions {
  /** The folder of the site's index.html, from which model and runtime are fetched; by default this module's own site. */
  readonly baseUrl?: string;
  /** Told how many bytes have come. */
  readonly onProgress?: (progress: LoadProgress) => void;
}

/** Reads digits in a worker of its own. */
export interface Recognizer {
  /** Where the network runs. */
  readonly backend: BackendName;
  /** n×784 pixels, 0 (paper) to 1 (ink), row by row, to n×10 probabilities. */
  classify(pixels: Float32Array): Promise<Float32Array>;
  /** Read one digit from its strokes of [x, y] points, y down, in any unit. No ink reads as nothing. */
  readInk(strokes: Ink): Promise<Reading>;
  /** Tensors alive in the worker; constant from call to call, or memory leaks. */
  countTensors(): Promise<number>;
  /** End the worker; what is still pending is rejected, and so is every later call. */
  dispose(): void;
}

/** Silence while loading, without a byte, after which the worker is given up. */
const LOAD_SILENCE_MS = 60_000;

/** Time for one reading, a hundred times what the slowest device takes, and for each pixel of a batch. */
const READ_LIMIT_MS = 10_000;
const PIXEL_LIMIT_MS = 1;

/**
 * Start a recognizer: fetch the model and the runtime, check them, warm up.
 *
 * @throws LoadError (by `name`) with one sentence for the user where a file is missing, cut short or altered.
 */
export async function createRecognizer(options: RecognizerOptions = {}): Promise<Recognizer> {
  const siteUrl = new URL((options.baseUrl ?? ownSite()).replace(/\/?$/, '/'), document.baseURI).href;
  const worker = startWorker(workerUrl);
  const remote: Remote<RecognizerWorker> = wrap<RecognizerWorker>(worker);

  const calls = new PendingCalls(); // comlink alone would let callers wait for ever on a worker that has died
  const dispose = (reason: Error) => {
    calls.stop(reason);
    remote[releaseProxy]();
    worker.terminate();
  };
  let loading = true;
  const onEnd = (detail: string) => calls.stop(loading ? new LoadFailure(detail) : new StoppedError());
  worker.onerror = (event) => {
    event.preventDefault();
    onEnd(event.message);
  };
  const ask = <T>(call: () => Promise<T>, limitMs = READ_LIMIT_MS) => calls.run(call, limitMs, () => onEnd(''));

  let silence: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => onEnd('no answer'), LOAD_SILENCE_MS);
  };
  const onProgress = (progress: LoadProgress) => {
    if (!loading) return; // progress has a channel of its own and may come after the failure of another file
    heard();
    options.onProgress?.(progress);
  };
  try {
    heard();
    const backend = await ask(() => remote.load(siteUrl, proxy(onProgress)), Infinity);
    return {
      backend,
      classify: (pixels) => ask(() => remote.classify(pixels), READ_LIMIT_MS + pixels.length * PIXEL_LIMIT_MS),
      readInk: (strokes) => ask(() => remote.readInk(strokes)),
      countTensors: () => ask(() => remote.countTensors()),
      dispose: () => dispose(new Error('The recognizer was disposed of.')),
    };
  } catch (error) {
    dispose(error as Error);
    throw error;
  } finally {
    loading = false;
    clearTimeout(silence);
  }
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

/** The worker's own script is missing, or it failed in a way that it could not report. */
class LoadFailure extends Error {
  override readonly name = 'LoadError';

  constructor(detail: string) {
    super(`The reader's program did not start${detail ? ` (${detail})` : ''}; check the connection and try again.`);
  }
}

/** The worker was loaded and then died, or does not answer. */
class StoppedError extends Error {
  override readonly name = 'StoppedError';

  constructor() {
    super('The reader has stopped; try again, your drawing is kept.');
  }
}

/** Modules of a built site lie one folder below its index.html; the development server serves sources. */
function ownSite(): string {
  return import.meta.env.DEV ? document.baseURI : new URL(/* @vite-ignore */ '..', import.meta.url).href;
}

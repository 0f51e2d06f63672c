import { proxy, type Remote, wrap } from 'comlink';
import { LoadError, StartError, StoppedError } from '../../errors';
import type { RecognizerWorker } from '../protocol';
import type { LoadProgress, Recognizer } from '../recognizer';
import type { ImageCalls } from './imageCalls';
import { PendingCalls } from './pendingCalls';

/** Longest time without a byte while loading. */
const LOAD_TIMEOUT_MS = 60_000;

/** Timeout for one reading (100 times what the slowest device takes), plus this much for each pixel of a batch. */
const READ_TIMEOUT_MS = 10_000;
const PIXEL_TIMEOUT_MS = 1;

/** The same for each new example, and for validation, which learns five times. */
const EXAMPLE_TIMEOUT_MS = 100;
const VALIDATION_TIMEOUT_MS = 120_000;

/** One worker, from its start to its end. */
export class WorkerSession {
  readonly #worker: Worker;
  readonly #remote: Remote<RecognizerWorker>;
  readonly #calls = new PendingCalls(); // with comlink alone, calls to a dead worker would never settle
  #images: Promise<ImageCalls> | null = null;
  #loaded = false;
  #started = false;

  /** @throws LoadError where the browser has no workers. */
  constructor(scriptUrl: string) {
    if (typeof Worker !== 'function') {
      throw new LoadError('no-workers', 'This browser has no workers, which the reader runs in.');
    }
    this.#worker = startWorker(scriptUrl);
    this.#remote = wrap<RecognizerWorker>(this.#worker);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#stop(event.message);
    };
  }

  /** Whether the worker's script arrived and runs. */
  get started(): boolean {
    return this.#started;
  }

  /** Load what the worker needs. May be called again after a LoadError or a ConnectionError. */
  async load(siteUrl: string, onProgress?: (progress: LoadProgress) => void): Promise<Recognizer> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const restartTimer = () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#stop('no answer'), LOAD_TIMEOUT_MS);
    };
    let running = true;
    let fewest = Infinity;
    const onBytes = (progress: LoadProgress) => {
      if (!running) return; // progress has its own channel and may arrive after the failure of another file
      this.#started = true;
      restartTimer();
      fewest = Math.min(fewest, progress.loaded); // a file that starts again is no progress
      if (progress.loaded > fewest) onProgress?.(progress);
    };
    try {
      restartTimer();
      const backend = await this.#call(() => this.#remote.load(siteUrl, proxy(onBytes)), Infinity);
      this.#loaded = true;
      return { backend, ...this.#recognizer() };
    } finally {
      running = false;
      clearTimeout(timer);
    }
  }

  /** End the worker and reject what is pending. */
  dispose(reason: Error): void {
    this.#calls.stop(reason);
    this.#worker.terminate();
  }

  #recognizer(): Omit<Recognizer, 'backend'> {
    const remote = this.#remote;
    return {
      classify: (pixels) =>
        this.#call(() => remote.classify(pixels), READ_TIMEOUT_MS + pixels.length * PIXEL_TIMEOUT_MS),
      readInk: (strokes) => this.#call(() => remote.readInk(strokes)),
      readImage: async (source, options) => (await this.#startImages()).read(source, options),
      lookInside: (pixels, withHeat) => this.#call(() => remote.lookInside(pixels, withHeat)),
      learn: (change) =>
        this.#call(() => remote.learn(change), READ_TIMEOUT_MS + (change.add?.length ?? 0) * EXAMPLE_TIMEOUT_MS),
      useLearnt: (use) => this.#call(() => remote.useLearnt(use)),
      validateLearning: () => this.#call(() => remote.validateLearning(), VALIDATION_TIMEOUT_MS),
      countTensors: () => this.#call(() => remote.countTensors()),
      dispose: () => this.dispose(new Error('The recognizer was disposed of.')),
    };
  }

  /** Pictures have their program in a chunk of its own. */
  #startImages(): Promise<ImageCalls> {
    this.#images ??= import('./imageCalls').then(({ ImageCalls }) => {
      return new ImageCalls(this.#remote, (call, limitMs) => this.#call(call, limitMs));
    });
    this.#images.catch(() => {
      this.#images = null; // the next picture tries again
    });
    return this.#images;
  }

  #call<T>(call: (restart: () => void) => Promise<T>, limitMs = READ_TIMEOUT_MS): Promise<T> {
    return this.#calls.run(call, limitMs, () => this.#stop(''));
  }

  #stop(detail: string): void {
    this.#calls.stop(this.#loaded ? new StoppedError() : new StartError(detail));
  }
}

/** Start a worker, from another origin too: browsers refuse its script as a worker, but import it as a module. */
function startWorker(scriptUrl: string): Worker {
  const options: WorkerOptions = { type: 'module', name: 'recognizer' };
  if (new URL(scriptUrl, document.baseURI).origin === location.origin) return new Worker(scriptUrl, options);
  const script = new Blob([`import ${JSON.stringify(scriptUrl)};`], { type: 'text/javascript' });
  const blobUrl = URL.createObjectURL(script);
  const worker = new Worker(blobUrl, options);
  // Not at once: some browsers fetch the script later.
  worker.addEventListener('message', () => URL.revokeObjectURL(blobUrl), { once: true });
  return worker;
}

/** The worker: a chunk that is fetched when a recognizer first needs one. */
import { type Remote, wrap } from 'comlink';
import { ModelLoadError, StartError, StoppedError } from '../../errors';
import type { FileAddresses } from '../files';
import type { Reader, RecognizerWorker } from '../protocol';
import type { ImageCalls } from './imageCalls';
import { PendingCalls } from './pendingCalls';
import { refetchScript } from './refetchScript';
import { reviveErrors } from './reviveErrors';
import { Silence } from './silence';

/** Longest time until the worker's program has come and started. */
const LOAD_TIMEOUT_MS = 60_000;

/** Longest time until a reader has opened, which is no work. */
const OPEN_TIMEOUT_MS = 10_000;

/** A recognizer's reader in the worker. */
export interface OpenReader {
  readonly reader: Remote<Reader>;
  readonly session: WorkerSession;
  /** Tell the worker that it is not needed any more. */
  readonly close: () => void;
}

/**
 * Start a worker and give it the model. A damaged script is fetched once more, past the HTTP cache.
 *
 * @param contents the model's files.
 * @param onEnd called with the reason where the worker ends by itself, once it has started.
 * @throws ModelLoadError where the browser has no workers or the script is missing; ConnectionError where the server can't
 * be reached; StartError where everything arrived but does not run.
 */
export async function startWorker(
  scriptUrl: string,
  contents: readonly Uint8Array<ArrayBuffer>[],
  files: FileAddresses,
  onEnd: (reason: Error) => void,
): Promise<WorkerSession> {
  for (let refetched = false; ; refetched = true) {
    const session = new WorkerSession(scriptUrl, onEnd);
    try {
      await session.load(contents, files);
      return session;
    } catch (error) {
      const answered = !session.ended;
      session.end(error as Error);
      if (answered) throw error instanceof ModelLoadError ? error : new StartError((error as Error).message);
      const problem = await refetchScript(scriptUrl);
      if (problem !== null || refetched) throw problem ?? error;
    }
  }
}

/** One worker, from its start to its end, and the readers in it. */
export class WorkerSession {
  readonly silence = new Silence(() => this.#stop(''));
  readonly #worker: Worker;
  readonly #remote: Remote<RecognizerWorker>;
  readonly #onEnd: (reason: Error) => void;
  readonly #calls = new PendingCalls(); // with comlink alone, calls to a dead worker would never settle
  #images: Promise<ImageCalls> | null = null;
  #opened = 0;
  #started = false;
  #ended = false;

  /** @throws ModelLoadError where the browser has no workers. */
  constructor(scriptUrl: string, onEnd: (reason: Error) => void) {
    if (typeof Worker !== 'function') {
      throw new ModelLoadError('no-workers', 'This browser has no workers, which the reader runs in.');
    }
    reviveErrors();
    this.#onEnd = onEnd;
    this.#worker = createWorker(scriptUrl);
    this.#remote = wrap<RecognizerWorker>(this.#worker);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#stop(event.message);
    };
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Build the model there. Only then can readers be opened. */
  async load(contents: readonly Uint8Array<ArrayBuffer>[], files: FileAddresses): Promise<void> {
    await this.#call(LOAD_TIMEOUT_MS, () => this.#remote.load(contents, files));
    this.#started = true;
  }

  /** Open a reader of its own for a recognizer. */
  async open(): Promise<OpenReader> {
    const id = ++this.#opened;
    await this.#call(OPEN_TIMEOUT_MS, () => this.#remote.open(id));
    const readers = this.#remote.readers as unknown as Readonly<Record<number, Remote<Reader>>>;
    return { reader: readers[id] as Remote<Reader>, session: this, close: () => void this.#remote.close(id) };
  }

  /** Pictures have their program in a chunk of its own, and are read one after the other. */
  startImages(): Promise<ImageCalls> {
    this.#images ??= import('./imageCalls').then(({ ImageCalls }) => new ImageCalls(this.silence));
    this.#images.catch(() => {
      this.#images = null; // the next picture tries again
    });
    return this.#images;
  }

  /** End the worker and reject what is pending. */
  end(reason: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.silence.end();
    this.#calls.stop(reason);
    this.#worker.terminate();
    this.#worker.onerror = null; // comlink's FinalizationRegistry holds the worker, which would hold this for ever
  }

  #call<T>(limitMs: number, call: () => Promise<T>): Promise<T> {
    return this.#calls.run(() => this.silence.during(limitMs, call()));
  }

  #stop(detail: string): void {
    if (this.#ended) return;
    const reason = this.#started ? new StoppedError() : new StartError(detail);
    this.end(reason);
    if (this.#started) this.#onEnd(reason);
  }
}

/** Create a worker, of another origin too: browsers refuse its script as a worker, but import it as a module. */
function createWorker(scriptUrl: string): Worker {
  const options: WorkerOptions = { type: 'module', name: 'recognizer' };
  if (new URL(scriptUrl, document.baseURI).origin === location.origin) return new Worker(scriptUrl, options);
  const script = new Blob([`import ${JSON.stringify(scriptUrl)};`], { type: 'text/javascript' });
  const blobUrl = URL.createObjectURL(script);
  const worker = new Worker(blobUrl, options);
  // Not at once: some browsers fetch the script later.
  worker.addEventListener('message', () => URL.revokeObjectURL(blobUrl), { once: true });
  return worker;
}

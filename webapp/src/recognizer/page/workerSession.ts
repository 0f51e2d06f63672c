import { proxy, type Remote, wrap } from 'comlink';
import { ModelLoadError, StartError, StoppedError } from '../../errors';
import type { FileAddresses } from '../files';
import type { Reader, RecognizerWorker } from '../protocol';
import type { BackendName, LoadProgress, Recognizer } from '../recognizer';
import type { ImageCalls } from './imageCalls';
import { PendingCalls } from './pendingCalls';
import { RecognizerHandle } from './recognizerHandle';
import { reviveErrors } from './reviveErrors';
import { Silence } from './silence';

/** Longest time without a byte while loading. */
const LOAD_TIMEOUT_MS = 60_000;

/** Longest time until a reader has opened, which is no work. */
const OPEN_TIMEOUT_MS = 10_000;

/** One worker, from its start to its end, and the recognizers that share it. */
export class WorkerSession {
  readonly silence = new Silence(() => this.#stop(''));
  readonly #worker: Worker;
  readonly #remote: Remote<RecognizerWorker>;
  readonly #calls = new PendingCalls(); // with comlink alone, calls to a dead worker would never settle
  readonly #handles = new Set<RecognizerHandle>();
  #images: Promise<ImageCalls> | null = null;
  #opened = 0;
  #backend: BackendName | null = null;
  #started = false;
  #ended = false;

  /** @throws ModelLoadError where the browser has no workers. */
  constructor(scriptUrl: string) {
    if (typeof Worker !== 'function') {
      throw new ModelLoadError('no-workers', 'This browser has no workers, which the reader runs in.');
    }
    reviveErrors();
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

  /** Whether recognizers can be opened: everything has loaded, and the worker lives. */
  get ready(): boolean {
    return this.#backend !== null && !this.#ended;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Whether a recognizer still needs the worker. */
  get used(): boolean {
    return this.#handles.size > 0;
  }

  /** Load what the worker needs. May be called again after an error of a file; see isLoadError. */
  async load(files: FileAddresses, onProgress: (progress: LoadProgress) => void): Promise<void> {
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
      if (progress.loaded > fewest) onProgress(progress);
    };
    try {
      restartTimer();
      this.#backend = await this.#calls.run(() => this.#remote.load(files, proxy(onBytes)));
    } finally {
      running = false;
      clearTimeout(timer);
    }
  }

  /**
   * Open a reader of its own for a recognizer.
   *
   * @param onDispose called when the recognizer no longer needs the worker.
   */
  async open(onDispose: () => void): Promise<Recognizer> {
    const id = ++this.#opened;
    const readers = this.#remote.readers as unknown as Readonly<Record<number, Remote<Reader>>>;
    const handle = new RecognizerHandle(this, readers[id] as Remote<Reader>, () => {
      if (!this.#handles.delete(handle)) return;
      void this.#remote.close(id);
      onDispose();
    });
    this.#handles.add(handle);
    await this.#calls.run(() => this.silence.during(OPEN_TIMEOUT_MS, this.#remote.open(id)));
    return handle.recognizer(this.#backend as BackendName);
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
    for (const handle of this.#handles) handle.stop(reason);
    this.#handles.clear();
    this.#worker.terminate();
    this.#worker.onerror = null; // comlink's FinalizationRegistry holds the worker, which would hold this for ever
  }

  #stop(detail: string): void {
    this.end(this.#backend === null ? new StartError(detail) : new StoppedError());
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

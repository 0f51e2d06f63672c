import { confidenceThreshold, modelFiles } from 'virtual:site-files';
import { DisposedError, isLoadError, ModelLoadError, StartError } from '../../errors';
import { PIXELS } from '../../ink';
import { buildModel, type Model } from '../../network';
import type { FileAddresses } from '../files';
import { part } from '../part';
import type { LoadProgress, Recognizer, RecognizerOptions } from '../recognizer';
import { Downloads } from './downloads';
import { PageReader } from './pageReader';
import { RecognizerHandle } from './recognizerHandle';
import type { WorkerSession } from './workerSession';

/** The model in this page, and its files, which a worker needs later. */
interface Loaded {
  readonly model: Model;
  readonly contents: readonly Uint8Array<ArrayBuffer>[];
}

/** What all recognizers of one site share: the model, and the worker, which starts when one needs it. The last ends both. */
export class SharedSession {
  readonly #files: FileAddresses;
  readonly #scriptUrl: string;
  readonly #downloads = new Downloads();
  #loaded: Loaded | null = null;
  #loading: Promise<Loaded> | null = null;
  #worker: Promise<WorkerSession> | null = null;
  readonly #handles = new Set<RecognizerHandle>();
  readonly #listeners = new Set<(progress: LoadProgress) => void>();
  /** Bytes that were told. A file that starts again is no progress. */
  #told = 0;
  /** Calls of `open` that are under way. */
  #opening = 0;

  /**
   * @param files where the model is fetched from.
   * @param scriptUrl the worker's script.
   */
  constructor(files: FileAddresses, scriptUrl: string) {
    this.#files = files;
    this.#scriptUrl = scriptUrl;
  }

  /** Open a recognizer, once everything has loaded; see createRecognizer. */
  async open({ onProgress, onTrouble }: Omit<RecognizerOptions, 'baseUrl'>): Promise<Recognizer> {
    const listener = (progress: LoadProgress) => onProgress?.(progress);
    this.#opening++;
    try {
      for (;;) {
        try {
          this.#listeners.add(listener);
          return this.#recognizer(await this.#ready());
        } catch (error) {
          this.#listeners.delete(listener); // while it waits, another caller may load
          if (!onTrouble) throw error;
          await onTrouble(error as Error);
        }
      }
    } finally {
      this.#listeners.delete(listener);
      this.#opening--;
      this.#endUnused();
    }
  }

  #recognizer({ model }: Loaded): Recognizer {
    const reader = new PageReader(model.share(), confidenceThreshold);
    const handle = new RecognizerHandle(
      reader,
      () => this.#startedWorker(),
      () => {
        this.#handles.delete(handle);
        this.#endUnused();
      },
    );
    this.#handles.add(handle);
    return handle.recognizer(model.backend);
  }

  #ready(): Promise<Loaded> | Loaded {
    if (this.#loaded) return this.#loaded;
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  /** What has arrived is not fetched again by another call. */
  async #load(): Promise<Loaded> {
    const contents = await this.#downloads
      .fetchAll(modelFiles, this.#files, (progress) => this.#tell(progress))
      .catch(async (error) => {
        throw await this.#explained(error);
      });
    try {
      const model = await buildModel(contents);
      model.classify(new Float32Array(PIXELS)); // the first run compiles
      this.#loaded = { model, contents };
      return this.#loaded;
    } catch (error) {
      throw error instanceof ModelLoadError ? error : new StartError((error as Error).message);
    }
  }

  /** The worker, which the first call starts. */
  #startedWorker(): Promise<WorkerSession> {
    this.#worker ??= this.#startWorker();
    this.#worker.catch(() => {
      this.#worker = null; // the next call tries again
    });
    return this.#worker;
  }

  async #startWorker(): Promise<WorkerSession> {
    const { contents } = await this.#ready();
    const { startWorker } = await part(import('./workerSession'));
    return startWorker(this.#scriptUrl, contents, this.#files, (reason) => {
      this.#worker = null;
      for (const handle of this.#handles) handle.stop(reason); // what they learnt is gone
      this.#handles.clear();
    });
  }

  /** Why a file is missing, where the site says so. A browser does not tell whether another origin lacks a file. */
  async #explained(error: ModelLoadError): Promise<ModelLoadError> {
    if (!isLoadError(error) || typeof this.#files !== 'string') return error;
    const foreign = new URL(this.#files).origin !== location.origin;
    if (error.code !== 'missing' && !(error.code === 'unreachable' && foreign)) return error;
    const program = await import('./otherVersion').catch(() => null);
    return (await program?.otherVersion(this.#files)) ?? error;
  }

  #tell(progress: LoadProgress): void {
    if (progress.loaded <= this.#told) return;
    this.#told = progress.loaded;
    for (const listener of this.#listeners) {
      queueMicrotask(() => listener(progress)); // one that throws concerns no other
    }
  }

  #endUnused(): void {
    if (this.#opening > 0 || this.#handles.size > 0) return;
    this.#worker?.then(
      (worker) => worker.end(new DisposedError()),
      () => {}, // it never started
    );
    this.#worker = null;
    this.#loaded = null;
    this.#told = 0;
  }
}

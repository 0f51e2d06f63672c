import { DisposedError, isLoadError, type ModelLoadError } from '../../errors';
import type { FileAddresses } from '../files';
import type { LoadProgress, Recognizer, RecognizerOptions } from '../recognizer';
import { WorkerSession } from './workerSession';

/** The worker that all recognizers of one site share: the first starts it, and the last ends it. */
export class SharedSession {
  readonly #files: FileAddresses;
  readonly #scriptUrl: string;
  readonly #refetchScript: (url: string) => Promise<Error | null>;
  #session: WorkerSession | null = null;
  #loading: Promise<WorkerSession> | null = null;
  readonly #listeners = new Set<(progress: LoadProgress) => void>();
  /** Calls of `open` that are under way. */
  #opening = 0;

  /**
   * @param files where the model is fetched from.
   * @param scriptUrl the worker's script.
   * @param refetchScript fetches it past the HTTP cache, and resolves with what is wrong with it, or null.
   */
  constructor(files: FileAddresses, scriptUrl: string, refetchScript: (url: string) => Promise<Error | null>) {
    this.#files = files;
    this.#scriptUrl = scriptUrl;
    this.#refetchScript = refetchScript;
  }

  /** Open a recognizer, once everything has loaded; see createRecognizer. */
  async open({ onProgress, onTrouble }: Omit<RecognizerOptions, 'baseUrl'>): Promise<Recognizer> {
    const listener = (progress: LoadProgress) => onProgress?.(progress);
    this.#opening++;
    try {
      for (;;) {
        try {
          this.#listeners.add(listener);
          const session = await this.#readySession();
          return await session.open(() => this.#endUnused());
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

  #readySession(): Promise<WorkerSession> | WorkerSession {
    if (this.#session?.ready) return this.#session;
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  /** Where a file is at fault, the worker stays, with the files that have arrived. */
  async #load(): Promise<WorkerSession> {
    for (let refetched = false; ; refetched = true) {
      if (this.#session?.ended) this.#session = null;
      let session: WorkerSession | null = this.#session;
      try {
        session = this.#session ??= new WorkerSession(this.#scriptUrl);
        await session.load(this.#files, (progress) => this.#tell(progress));
        return session;
      } catch (error) {
        if (isLoadError(error)) throw await this.#explained(error);
        session?.end(error as Error);
        if (session?.started) throw error;
        const problem = await this.#refetchScript(this.#scriptUrl);
        if (problem !== null || refetched) throw problem ?? error;
      }
    }
  }

  /** Why a file is missing, where the site says so. A browser does not tell whether another origin lacks a file. */
  async #explained(error: ModelLoadError): Promise<ModelLoadError> {
    if (typeof this.#files !== 'string') return error;
    const foreign = new URL(this.#files).origin !== location.origin;
    if (error.code !== 'missing' && !(error.code === 'unreachable' && foreign)) return error;
    const program = await import('./otherVersion').catch(() => null);
    return (await program?.otherVersion(this.#files)) ?? error;
  }

  #tell(progress: LoadProgress): void {
    for (const listener of this.#listeners) {
      queueMicrotask(() => listener(progress)); // one that throws concerns no other
    }
  }

  #endUnused(): void {
    if (this.#opening > 0 || this.#session?.used) return;
    this.#session?.end(new DisposedError());
    this.#session = null;
  }
}

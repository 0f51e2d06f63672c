import type { LoadProgress, Recognizer, RecognizerOptions } from '../../api';
import { AlteredError } from '../../errors';
import type { Kept } from '../offline/offlineCopy';
import { sentenceFor } from '../texts/sentenceFor';
import type { RetryLater } from './retryLater';

/** The reader is loading, can read, or failed for a reason that `sentence` tells the user. */
export type ReaderState =
  | { readonly name: 'loading'; readonly progress?: LoadProgress }
  | { readonly name: 'ready'; readonly recognizer: Recognizer }
  | { readonly name: 'failed'; readonly sentence: string; readonly mustReload?: boolean };

/** What the reader needs from the page and the browser. */
export interface ReaderEdges {
  readonly createRecognizer: (options: RecognizerOptions) => Promise<Recognizer>;
  readonly loadLater: Pick<RetryLater, 'later' | 'cancel'>;
  readonly keepLater: Pick<RetryLater, 'later' | 'cancel'>;
  /** Store the site for offline use. */
  readonly keep: () => Promise<Kept>;
  /** Whether this page or its worker runs the script at an address. */
  readonly runs: (script: string) => boolean;
  readonly reloadPage: () => void;
  readonly onState: (state: ReaderState) => void;
  readonly onKept: (kept: Kept) => void | Promise<void>;
}

/**
 * The life of the reader: how it loads, fails and recovers.
 *
 *     loading ──loaded──▶ ready ──a call failed, or its program is altered──▶ failed
 *     loading ──a file is missing──▶ failed ──Retry, or the connection is back──▶ loading
 *
 * A damaged file waits for the user, because the server would send it damaged again. Once ready, the site is stored for
 * offline use. Doing so earlier would download the reader's files twice.
 */
export class ReaderLife {
  readonly #edges: ReaderEdges;
  #state: ReaderState = { name: 'loading' };
  #loadRuns = false;
  /** Lets createRecognizer, which waits after a failed download, continue. */
  #continueLoad: (() => void) | null = null;
  readonly #waiting: ((recognizer: Recognizer) => void)[] = [];

  constructor(edges: ReaderEdges) {
    this.#edges = edges;
  }

  /** The recognizer, or null while there is none. */
  get recognizer(): Recognizer | null {
    return this.#state.name === 'ready' ? this.#state.recognizer : null;
  }

  /** Wait for the recognizer, for as long as it takes. */
  whenReady(): Promise<Recognizer> {
    return new Promise((resolve) => {
      if (this.recognizer) resolve(this.recognizer);
      else this.#waiting.push(resolve);
    });
  }

  /** Load the reader, or continue a load that waits. One load runs at a time. */
  async load(): Promise<void> {
    this.#change({ name: 'loading' });
    if (this.#continueLoad) {
      this.#edges.loadLater.cancel();
      this.#continueLoad();
    }
    if (this.#loadRuns) return;
    this.#loadRuns = true;
    try {
      const recognizer = await this.#edges.createRecognizer({
        onProgress: (progress) => this.#change({ name: 'loading', progress }),
        onTrouble: (error) => this.#waitForFile(error),
      });
      this.#edges.loadLater.cancel();
      this.#change({ name: 'ready', recognizer });
      for (const resolve of this.#waiting.splice(0)) resolve(recognizer);
      void this.#keep();
    } catch (error) {
      this.fail(error as Error);
    } finally {
      this.#loadRuns = false;
    }
  }

  /** Do what the Retry button promises. */
  retry(): void {
    if (this.#state.name === 'failed' && this.#state.mustReload) this.#edges.reloadPage();
    else void this.load();
  }

  /**
   * Stop reading and report why.
   *
   * @param source the recognizer that failed. The error of one that was disposed is ignored: its end has been reported.
   */
  fail(error: Error, source = this.recognizer): void {
    if (source !== this.recognizer) return;
    this.recognizer?.dispose();
    console.warn(error); // names the file and the server's answer, which the sentence does not
    this.#change({ name: 'failed', sentence: sentenceFor(error), mustReload: error instanceof AlteredError });
  }

  /** A file could not be loaded: resolve when it is time to try again. */
  #waitForFile(error: Error): Promise<void> {
    this.fail(error);
    return new Promise((resolve) => {
      this.#continueLoad = () => {
        this.#continueLoad = null;
        resolve();
      };
      if (error.name !== 'ModelLoadError') this.#edges.loadLater.later(this.#continueLoad);
    });
  }

  async #keep(): Promise<void> {
    const kept = await this.#edges.keep();
    await this.#edges.onKept(kept);
    if (kept.later) this.#edges.keepLater.later(() => void this.#keep());
    else this.#edges.keepLater.cancel();
    const { alteredScript } = kept;
    if (alteredScript !== undefined && this.#edges.runs(alteredScript)) this.fail(new AlteredError(alteredScript));
  }

  #change(state: ReaderState): void {
    this.#state = state;
    this.#edges.onState(state);
  }
}

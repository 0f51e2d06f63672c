import type { Remote } from 'comlink';
import { DisposedError } from '../../errors';
import { checkInk } from '../checkInk';
import { part } from '../part';
import type { Reader } from '../protocol';
import type { BackendName, Recognizer } from '../recognizer';
import { checkPixels } from './checkPixels';
import type { PageReader } from './pageReader';
import { PendingCalls } from './pendingCalls';
import type { OpenReader, WorkerSession } from './workerSession';

/** Timeout for one reading (100 times what the slowest device takes), plus this much for each pixel of a batch. */
const READ_TIMEOUT_MS = 10_000;
const PIXEL_TIMEOUT_MS = 1;

/** The same for each new example, and for validation, which learns five times. */
const EXAMPLE_TIMEOUT_MS = 100;
const VALIDATION_TIMEOUT_MS = 120_000;

/** One recognizer: it reads on the page, and in the worker what takes longer. What a caller gives is checked here. */
export class RecognizerHandle {
  readonly #here: PageReader;
  readonly #startedWorker: () => Promise<WorkerSession>;
  readonly #onDispose: () => void;
  readonly #calls = new PendingCalls();
  readonly #ended = new AbortController();
  #opened: Promise<OpenReader> | null = null;

  /**
   * @param here reads what is quick.
   * @param startedWorker starts the worker, unless it runs.
   * @param onDispose called when this recognizer is not needed any more.
   */
  constructor(here: PageReader, startedWorker: () => Promise<WorkerSession>, onDispose: () => void) {
    this.#here = here;
    this.#startedWorker = startedWorker;
    this.#onDispose = onDispose;
  }

  /** Reject what is pending, and all that comes later. */
  stop(reason: Error): void {
    this.#calls.stop(reason);
    this.#ended.abort(reason);
  }

  /** What the caller gets. */
  recognizer(backend: BackendName): Recognizer {
    return {
      backend,
      classify: async (pixels) => {
        checkPixels(pixels);
        const limit = READ_TIMEOUT_MS + pixels.length * PIXEL_TIMEOUT_MS;
        return this.#calls.run(
          async () => this.#here.classify(pixels) ?? this.#ask((it) => it.classify(pixels), limit),
        );
      },
      readInk: async (strokes) => {
        checkInk(strokes);
        return this.#calls.run(
          async () => (await this.#here.readInk(strokes)) ?? this.#ask((it) => it.readInk(strokes)),
        );
      },
      readImage: (source, options = {}) =>
        this.#calls.run(async () => {
          const { session, reader } = await this.#open();
          const images = await session.startImages();
          return images.read(reader, source, options, this.#ended.signal);
        }),
      lookInside: async (pixels, withHeat) => {
        checkPixels(pixels, true);
        return this.#calls.run(() => this.#ask((it) => it.lookInside(pixels, withHeat)));
      },
      learn: async (change) => {
        (await part(import('./checkExamples'))).checkExamples(change);
        const limit = READ_TIMEOUT_MS + (change.add?.length ?? 0) * EXAMPLE_TIMEOUT_MS;
        return this.#calls.run(async () => {
          this.#here.learnt = await this.#ask((it) => it.learn(change), limit);
        });
      },
      useLearnt: (use) =>
        this.#calls.run(async () => {
          this.#here.usesLearnt = use;
          if (this.#opened) await this.#ask((it) => it.useLearnt(use));
        }),
      validateLearning: () =>
        this.#calls.run(async () =>
          this.#opened ? this.#ask((it) => it.validateLearning(), VALIDATION_TIMEOUT_MS) : null,
        ),
      dispose: () => {
        this.stop(new DisposedError());
        this.#opened?.then(
          ({ close }) => close(),
          () => {}, // it was never there
        );
        this.#onDispose();
      },
    };
  }

  /** Call this recognizer's reader in the worker. */
  async #ask<T>(call: (reader: Remote<Reader>) => Promise<T>, limitMs = READ_TIMEOUT_MS): Promise<T> {
    const { session, reader } = await this.#open();
    return session.silence.during(limitMs, call(reader));
  }

  /** This recognizer's reader in the worker, opened with the first call. */
  #open(): Promise<OpenReader> {
    this.#opened ??= this.#openReader();
    this.#opened.catch(() => {
      this.#opened = null; // the next call tries again
    });
    return this.#opened;
  }

  async #openReader(): Promise<OpenReader> {
    const session = await this.#startedWorker();
    const opened = await session.open();
    if (!this.#here.usesLearnt) await opened.reader.useLearnt(false);
    return opened;
  }
}

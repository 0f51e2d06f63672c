import type { Remote } from 'comlink';
import { DisposedError } from '../../errors';
import { checkInk } from '../checkInk';
import { part } from '../part';
import type { Reader } from '../protocol';
import type { BackendName, Recognizer } from '../recognizer';
import { checkPixels } from './checkPixels';
import { PendingCalls } from './pendingCalls';
import type { WorkerSession } from './workerSession';

/** Timeout for one reading (100 times what the slowest device takes), plus this much for each pixel of a batch. */
const READ_TIMEOUT_MS = 10_000;
const PIXEL_TIMEOUT_MS = 1;

/** The same for each new example, and for validation, which learns five times. */
const EXAMPLE_TIMEOUT_MS = 100;
const VALIDATION_TIMEOUT_MS = 120_000;

/** One recognizer's reader in a worker that others may share. What a caller gives is checked here. */
export class RecognizerHandle {
  readonly #session: Pick<WorkerSession, 'silence' | 'startImages'>;
  readonly #reader: Remote<Reader>;
  readonly #close: () => void;
  readonly #calls = new PendingCalls();
  readonly #ended = new AbortController();

  /** @param close tells the worker that this reader is not needed any more. */
  constructor(session: Pick<WorkerSession, 'silence' | 'startImages'>, reader: Remote<Reader>, close: () => void) {
    this.#session = session;
    this.#reader = reader;
    this.#close = close;
  }

  /** Reject what is pending, and all that comes later. */
  stop(reason: Error): void {
    this.#calls.stop(reason);
    this.#ended.abort(reason);
  }

  /** What the caller gets. */
  recognizer(backend: BackendName): Recognizer {
    const reader = this.#reader;
    return {
      backend,
      classify: async (pixels) => {
        checkPixels(pixels);
        return this.#call(() => reader.classify(pixels), READ_TIMEOUT_MS + pixels.length * PIXEL_TIMEOUT_MS);
      },
      readInk: async (strokes) => {
        checkInk(strokes);
        return this.#call(() => reader.readInk(strokes));
      },
      readImage: (source, options = {}) =>
        this.#calls.run(async () => {
          const images = await this.#session.startImages();
          return images.read(reader, source, options, this.#ended.signal);
        }),
      lookInside: async (pixels, withHeat) => {
        checkPixels(pixels, true);
        return this.#call(() => reader.lookInside(pixels, withHeat));
      },
      learn: async (change) => {
        (await part(import('./checkExamples'))).checkExamples(change);
        const added = change.add?.length ?? 0;
        return this.#call(() => reader.learn(change), READ_TIMEOUT_MS + added * EXAMPLE_TIMEOUT_MS);
      },
      useLearnt: (use) => this.#call(() => reader.useLearnt(use)),
      validateLearning: () => this.#call(() => reader.validateLearning(), VALIDATION_TIMEOUT_MS),
      dispose: () => {
        this.stop(new DisposedError());
        this.#close();
      },
    };
  }

  #call<T>(call: () => Promise<T>, limitMs = READ_TIMEOUT_MS): Promise<T> {
    return this.#calls.run(() => this.#session.silence.during(limitMs, call()));
  }
}

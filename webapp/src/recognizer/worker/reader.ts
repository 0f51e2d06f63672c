import { confidenceThreshold, replayFile } from 'virtual:site-files';
import { type ProxyMethods, releaseProxy } from 'comlink';
import type { Model } from '../../network';
import { DigitReader } from '../digitReader';
import { fetchChecked } from '../fetchChecked';
import type { FileAddresses } from '../files';
import { part } from '../part';
import type { Reader } from '../protocol';
import type { Learner } from './learner';

let replayBytes: Promise<Uint8Array<ArrayBuffer> | null> | null = null;

/** The replay set, fetched once for all readers. */
function fetchReplay(files: FileAddresses): Promise<Uint8Array<ArrayBuffer> | null> {
  replayBytes ??= replayFile ? fetchChecked(replayFile, files, () => {}) : Promise.resolve(null);
  replayBytes.catch(() => {
    replayBytes = null; // the next learner tries again
  });
  return replayBytes;
}

/** A reader that frees what it holds, and stops what it does. */
export type ClosableReader = Reader & { close(): void };

/**
 * Everything that a worker can do for one recognizer. What only some users need is fetched later.
 *
 * @param model of its own; its body may be shared.
 */
export function createReader(model: Model, files: FileAddresses): ClosableReader {
  const classify = (pixels: Float32Array) => model.classify(pixels);
  const reader = new DigitReader(model, confidenceThreshold, classify);
  const pending = new Set<number>(); // pictures that somebody waits for
  let looks = 0; // calls of lookInside: a newer one ends an older one
  let learner: Promise<Learner> | null = null;
  let closed = false;

  async function startLearner(): Promise<Learner> {
    const [{ createLearner }, replay] = await Promise.all([part(import('./learner')), fetchReplay(files)]);
    const featuresOf = (pixels: Float32Array) => model.features(pixels);
    return createLearner(model.originalHead(), replay, confidenceThreshold, featuresOf);
  }

  return {
    async classify(pixels) {
      return classify(pixels);
    },

    readInk: (ink) => reader.readInk(ink),

    async readImage(source, { call, ...options }, onProgress) {
      pending.add(call);
      try {
        const { readImage } = await part(import('./images'));
        const task = { onProgress, isWanted: () => pending.has(call) };
        return await readImage(source, options, classify, confidenceThreshold, task);
      } finally {
        pending.delete(call);
        (onProgress as Partial<ProxyMethods>)[releaseProxy]?.();
      }
    },

    async stopImage(call) {
      pending.delete(call);
    },

    async lookInside(pixels, withHeat) {
      const look = ++looks;
      const { lookInside } = await part(import('./inside'));
      return lookInside(model, pixels, withHeat ? () => look === looks && !closed : null);
    },

    async learn(change) {
      learner ??= startLearner();
      learner.catch(() => {
        learner = null; // the next call tries again
      });
      const head = (await learner).learn(change);
      reader.learnt = head;
      return head;
    },

    async useLearnt(use) {
      reader.usesLearnt = use;
    },

    async validateLearning() {
      return (await learner)?.validate() ?? null;
    },

    close() {
      pending.clear();
      closed = true;
    },
  };
}

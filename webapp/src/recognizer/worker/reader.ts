import { confidenceThreshold, replayFile } from 'virtual:site-files';
import { memory } from '@tensorflow/tfjs-core';
import { type ProxyMethods, releaseProxy } from 'comlink';
import { LoadError } from '../../errors';
import type { Head } from '../../learning/head';
import { InkReader } from '../../number/inkReader';
import { inDoubt } from '../../reading';
import type { Reader } from '../protocol';
import { fetchChecked } from './fetchChecked';
import type { Learner } from './learner';
import type { Model } from './model';

/** A part of the program that only some users need. */
async function part<Part>(arriving: Promise<Part>): Promise<Part> {
  return arriving.catch(() => {
    throw new LoadError('no-part', "A part of the recognizer's program can't be reached.");
  });
}

/** Everything that a worker can do with a loaded model. What only some users need is fetched from `siteUrl` later. */
export function createReader(model: Model, siteUrl: string): Reader {
  const classify = (pixels: Float32Array) => model.classify(pixels);
  const inkReader = new InkReader(classify, confidenceThreshold);
  const pending = new Set<number>(); // pictures that somebody waits for
  let learner: Promise<Learner> | null = null;
  let learntHead: Head | null = null;
  let usesLearnt = true;

  function replaceHead(): void {
    inkReader.forget();
    model.replaceHead(usesLearnt ? learntHead : null);
  }

  async function startLearner(): Promise<Learner> {
    const [{ createLearner }, replay] = await Promise.all([
      part(import('./learner')),
      replayFile && fetchChecked(replayFile, siteUrl, () => {}),
    ]);
    const featuresOf = (pixels: Float32Array) => model.features(pixels);
    return createLearner(model.originalHead(), replay, confidenceThreshold, featuresOf);
  }

  return {
    async classify(pixels) {
      return classify(pixels);
    },

    async readInk(ink) {
      const reading = inkReader.read(ink);
      if (!inDoubt(reading.digits)) return reading;
      const unusual = await import('../../number/unusualInk').catch(() => null); // without it, the reading stays unsure
      return unusual?.readUnusual(ink, inkReader) ?? reading;
    },

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
      const { lookInside } = await part(import('./inside'));
      return lookInside(model, pixels, withHeat);
    },

    async learn(change) {
      learner ??= startLearner();
      learner.catch(() => {
        learner = null; // the next call tries again
      });
      learntHead = (await learner).learn(change);
      replaceHead();
    },

    async useLearnt(use) {
      usesLearnt = use;
      replaceHead();
    },

    async validateLearning() {
      return (await learner)?.validate() ?? null;
    },

    async countTensors() {
      return memory().numTensors;
    },
  };
}

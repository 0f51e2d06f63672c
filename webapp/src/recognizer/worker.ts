import { modelFiles, replayFile, sureEnough, wasmFiles } from 'virtual:site-files';
import { memory } from '@tensorflow/tfjs-core';
import { expose } from 'comlink';
import { IMAGE_SIZE, type Ink } from '../ink';
import type { Validation } from '../learning/crossValidate';
import type { Head } from '../learning/head';
import { InkReader } from '../number/inkReader';
import { inDoubt, type Reading } from '../reading';
import { startBackend } from './backend';
import { fetchChecked, LoadError, type SiteFile } from './fetchChecked';
import type { Layer } from './layersModel';
import type { Learner } from './learner';
import { buildModel, classify, featuresOf, headOf, withHead } from './model';
import type {
  BackendName,
  ImageReading,
  ImageSource,
  LearningChange,
  LoadProgress,
  RecognizerWorker,
} from './protocol';
import { StartError } from './startError';
import { wasmSupport } from './wasmSupport';

let loadedModel: readonly Layer[] | null = null;
/** The model with the head that was learnt, where there is one and it is to be used. */
let adaptedModel: readonly Layer[] | null = null;
let adaptedHead: Head | null = null;
let useAdapted = true;
let learner: Promise<Learner> | null = null;
let site = '';
const inkReader = new InkReader((pixels) => classify(readyModel(), pixels), sureEnough);

/** The files on their way or here, by path: one that fails takes none of the others with it. */
const files = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
const come = new Map<string, number>();
let onBytes = () => {};

const recognizer: RecognizerWorker = {
  async load(siteUrl: string, onProgress: (progress: LoadProgress) => void): Promise<BackendName> {
    site = siteUrl;
    const support = wasmSupport();
    const runtime = support === 'none' ? [] : [support === 'simd' ? wasmFiles.simd : wasmFiles.plain];
    const needed = [...modelFiles, ...runtime];
    const total = needed.reduce((sum, file) => sum + file.bytes, 0);
    onBytes = () => onProgress({ loaded: [...come.values()].reduce((sum, bytes) => sum + bytes, 0), total });
    const contents = await Promise.all(needed.map((file) => fetchOnce(file, siteUrl)));
    files.clear();
    try {
      const wasm = contents[modelFiles.length];
      const backend = await startBackend(wasm ? { bytes: wasm, simd: support === 'simd' } : null);
      const model = await buildModel(contents.slice(0, modelFiles.length));
      // The first run allocates and compiles: it is not to fall on the first drawing.
      classify(model, new Float32Array(IMAGE_SIZE * IMAGE_SIZE));
      loadedModel = model;
      return backend;
    } catch (error) {
      throw new StartError((error as Error).message); // what failed is not a file: this worker can't be used again
    }
  },

  async classify(pixels: Float32Array): Promise<Float32Array> {
    return classify(readyModel(), pixels);
  },

  async readInk(ink: Ink): Promise<Reading> {
    const reading = inkReader.read(ink);
    if (!inDoubt(reading.digits)) return reading;
    const later = await import('../number/unusualInk').catch(() => null); // without it, it stays unsure
    return later?.readUnusual(ink, inkReader) ?? reading;
  },

  async readImage(source: ImageSource, previewSide: number): Promise<ImageReading> {
    readyModel();
    const { readImage } = await import('./images').catch(() => {
      throw new LoadError("The reader's program for pictures can't be reached; check the connection and try again.");
    });
    // Asked for each time: its last layer may be replaced while a picture is read.
    return readImage(source, previewSide, (pixels) => classify(readyModel(), pixels), sureEnough);
  },

  async learn(change: LearningChange): Promise<void> {
    learner ??= startLearner();
    const started = await learner;
    adaptedHead = started.learn(change);
    replaceHead();
  },

  useLearnt(use: boolean): void {
    useAdapted = use;
    replaceHead();
  },

  async validateLearning(): Promise<Validation | null> {
    return (await learner)?.validate() ?? null;
  },

  countTensors: () => memory().numTensors,
};

/** Fetch a file, or wait for it where it is on its way or here already. */
function fetchOnce(file: SiteFile, siteUrl: string): Promise<Uint8Array<ArrayBuffer>> {
  const known = files.get(file.path);
  if (known) return known;
  const content = fetchChecked(file, siteUrl, (bytes) => {
    come.set(file.path, bytes);
    onBytes();
  });
  files.set(file.path, content);
  content.catch(() => files.delete(file.path));
  return content;
}

function readyModel(): readonly Layer[] {
  if (loadedModel === null) throw new Error('The recognizer is not loaded; wait for createRecognizer() to finish.');
  return adaptedModel ?? loadedModel;
}

/** Fetch what learning takes, the program and the digits to rehearse: not needed to read. */
function startLearner(): Promise<Learner> {
  const original = headOf(readyModel()); // nothing is adapted before there is a learner
  const starting = Promise.all([
    import('./learner').catch(() => {
      throw new LoadError("The program that learns can't be reached; try again.");
    }),
    replayFile && fetchChecked(replayFile, site, () => {}),
  ]).then(
    ([{ Learner }, replay]) =>
      new Learner(original, replay, sureEnough, (pixels: Float32Array) => featuresOf(readyModel(), pixels)),
  );
  starting.catch(() => {
    learner = null; // the next call tries again
  });
  return starting;
}

function replaceHead(): void {
  inkReader.forget();
  for (const tensor of Object.values(adaptedModel?.at(-1)?.weights ?? {})) tensor.dispose();
  adaptedModel = null;
  if (loadedModel && adaptedHead && useAdapted) adaptedModel = withHead(loadedModel, adaptedHead);
}

expose(recognizer);

import { modelFiles, sureEnough, wasmFiles } from 'virtual:site-files';
import { memory } from '@tensorflow/tfjs-core';
import { expose } from 'comlink';
import { IMAGE_SIZE, type Ink, inkBounds, rasterizeInk } from '../ink';
import { NOTHING_READ, type Reading, readDigit } from '../reading';
import { startBackend } from './backend';
import { fetchChecked, LoadError, type SiteFile } from './fetchChecked';
import type { Layer } from './layersModel';
import { buildModel, classify } from './model';
import type { BackendName, ImageReading, ImageSource, LoadProgress, RecognizerWorker } from './protocol';
import { StartError } from './startError';
import { wasmSupport } from './wasmSupport';

let loadedModel: readonly Layer[] | null = null;

/** The files on their way or here, by path: one that fails takes none of the others with it. */
const files = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
const come = new Map<string, number>();
let onBytes = () => {};

const recognizer: RecognizerWorker = {
  async load(siteUrl: string, onProgress: (progress: LoadProgress) => void): Promise<BackendName> {
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
    const box = inkBounds(ink);
    if (box === null) return NOTHING_READ;
    return readDigit(classify(readyModel(), rasterizeInk(ink)), box, sureEnough, [...ink.keys()]);
  },

  async readImage(source: ImageSource, previewSide: number): Promise<ImageReading> {
    const model = readyModel();
    const { readImage } = await import('./images').catch(() => {
      throw new LoadError("The reader's program for pictures can't be reached; check the connection and try again.");
    });
    return readImage(source, previewSide, (pixels) => classify(model, pixels), sureEnough);
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
  return loadedModel;
}

expose(recognizer);

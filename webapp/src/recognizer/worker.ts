import { modelFiles, sureEnough, wasmFiles } from 'virtual:site-files';
import { memory } from '@tensorflow/tfjs-core';
import { expose } from 'comlink';
import { IMAGE_SIZE, type Ink, inkBounds, rasterizeInk } from '../ink';
import { NOTHING_READ, type Reading, readDigit } from '../reading';
import { startBackend } from './backend';
import { fetchChecked } from './fetchChecked';
import type { Layer } from './layersModel';
import { buildModel, classify } from './model';
import type { BackendName, LoadProgress, RecognizerWorker } from './protocol';
import { wasmSupport } from './wasmSupport';

let loadedModel: readonly Layer[] | null = null;

const recognizer: RecognizerWorker = {
  async load(siteUrl: string, onProgress: (progress: LoadProgress) => void): Promise<BackendName> {
    const support = wasmSupport();
    const runtime = support === 'none' ? [] : [support === 'simd' ? wasmFiles.simd : wasmFiles.plain];
    const files = [...modelFiles, ...runtime];
    const total = files.reduce((sum, file) => sum + file.bytes, 0);
    const come = files.map(() => 0);
    const contents = await Promise.all(
      files.map((file, i) =>
        fetchChecked(file, siteUrl, (bytes) => {
          come[i] = bytes;
          onProgress({ loaded: come.reduce((sum, n) => sum + n, 0), total });
        }),
      ),
    );
    const wasm = contents[modelFiles.length];
    const backend = await startBackend(wasm ? { bytes: wasm, simd: support === 'simd' } : null);
    const model = await buildModel(contents.slice(0, modelFiles.length));
    // The first run allocates and compiles: it is not to fall on the first drawing.
    classify(model, new Float32Array(IMAGE_SIZE * IMAGE_SIZE));
    loadedModel = model;
    return backend;
  },

  async classify(pixels: Float32Array): Promise<Float32Array> {
    return classify(readyModel(), pixels);
  },

  async readInk(ink: Ink): Promise<Reading> {
    const box = inkBounds(ink);
    return box === null ? NOTHING_READ : readDigit(classify(readyModel(), rasterizeInk(ink)), box, sureEnough);
  },

  countTensors: () => memory().numTensors,
};

function readyModel(): readonly Layer[] {
  if (loadedModel === null) throw new Error('The recognizer is not loaded; wait for createRecognizer() to finish.');
  return loadedModel;
}

expose(recognizer);

/** The worker's program: load the model, then answer the page. */
import { modelFiles, wasmFiles } from 'virtual:site-files';
import { type ProxyMethods, releaseProxy } from 'comlink';
import { ModelLoadError, StartError } from '../../errors';
import type { RecognizerWorker } from '../protocol';
import { wasmSupport } from '../wasmSupport';
import { startBackend } from './backend';
import { Downloads } from './downloads';
import { exposeOnce } from './exposeOnce';
import { buildModel } from './model';
import { usePartsOf } from './parts';
import { type ClosableReader, createReader } from './reader';

const downloads = new Downloads();
const readers: Record<number, ClosableReader> = {};
let newReader: () => ClosableReader;

const worker: RecognizerWorker = {
  readers,

  async load(files, onProgress) {
    usePartsOf(files);
    const support = wasmSupport();
    const runtime = { none: [], plain: [wasmFiles.plain], simd: [wasmFiles.simd] }[support];
    const contents = await downloads.fetchAll([...modelFiles, ...runtime], files, onProgress);
    (onProgress as Partial<ProxyMethods>)[releaseProxy]?.();
    try {
      const wasm = contents[modelFiles.length];
      const backend = await startBackend(wasm && { bytes: wasm, simd: support === 'simd' });
      const model = await buildModel(contents.slice(0, modelFiles.length));
      model.warmUp();
      newReader = () => createReader(model.share(), files);
      return backend;
    } catch (error) {
      // This worker can't be used again.
      throw error instanceof ModelLoadError ? error : new StartError((error as Error).message);
    }
  },

  async open(id) {
    readers[id] = newReader();
  },

  async close(id) {
    readers[id]?.close();
    delete readers[id];
  },
};

exposeOnce(worker);

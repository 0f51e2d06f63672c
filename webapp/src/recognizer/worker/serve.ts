/** The worker's program: load the model, then answer the page. */
import { modelFiles } from 'virtual:site-files';
import { type ProxyMethods, releaseProxy } from 'comlink';
import { ModelLoadError, StartError } from '../../errors';
import { PIXELS } from '../../ink';
import { buildModel } from '../../network';
import type { RecognizerWorker } from '../protocol';
import { Downloads } from './downloads';
import { exposeOnce } from './exposeOnce';
import { usePartsOf } from './parts';
import { type ClosableReader, createReader } from './reader';

const downloads = new Downloads();
const readers: Record<number, ClosableReader> = {};
let newReader: () => ClosableReader;

const worker: RecognizerWorker = {
  readers,

  async load(files, onProgress) {
    usePartsOf(files);
    const contents = await downloads.fetchAll(modelFiles, files, onProgress);
    (onProgress as Partial<ProxyMethods>)[releaseProxy]?.();
    try {
      const model = await buildModel(contents);
      model.classify(new Float32Array(PIXELS)); // the first run compiles
      newReader = () => createReader(model.share(), files);
      return model.backend;
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

/** The worker's program: load the model, then answer the page. */
import { modelFiles, wasmFiles } from 'virtual:site-files';
import { StartError } from '../../errors';
import { PIXELS } from '../../ink';
import type { RecognizerWorker } from '../protocol';
import { wasmSupport } from '../wasmSupport';
import { startBackend } from './backend';
import { Downloads } from './downloads';
import { exposeOnce } from './exposeOnce';
import { buildModel } from './model';
import { createReader } from './reader';

const downloads = new Downloads();

/** At first the page can only load; `load` adds the rest. */
const worker: Pick<RecognizerWorker, 'load'> = {
  async load(siteUrl, onProgress) {
    const support = wasmSupport();
    const runtime = { none: [], plain: [wasmFiles.plain], simd: [wasmFiles.simd] }[support];
    const contents = await downloads.fetchAll([...modelFiles, ...runtime], siteUrl, onProgress);
    try {
      const wasm = contents[modelFiles.length];
      const backend = await startBackend(wasm && { bytes: wasm, simd: support === 'simd' });
      const model = await buildModel(contents.slice(0, modelFiles.length));
      model.classify(new Float32Array(PIXELS)); // the first run allocates and compiles
      Object.assign(worker, createReader(model, siteUrl));
      return backend;
    } catch (error) {
      throw new StartError((error as Error).message); // no file is at fault: this worker can't be used again
    }
  },
};

exposeOnce(worker);

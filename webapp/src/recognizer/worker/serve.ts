/** The worker's program: build the model, then answer the page. */
import { PIXELS } from '../../ink';
import { buildModel } from '../../network';
import type { RecognizerWorker } from '../protocol';
import { exposeOnce } from './exposeOnce';
import { usePartsOf } from './parts';
import { type ClosableReader, createReader } from './reader';

const readers: Record<number, ClosableReader> = {};
let newReader: () => ClosableReader;

const worker: RecognizerWorker = {
  readers,

  async load(contents, files) {
    usePartsOf(files);
    const model = await buildModel(contents);
    model.classify(new Float32Array(PIXELS)); // the first run compiles
    newReader = () => createReader(model.share(), files);
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

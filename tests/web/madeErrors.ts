import {
  AlteredError,
  ConnectionError,
  DisposedError,
  InvalidInputError,
  ModelLoadError,
  PictureError,
  StartError,
  StoppedError,
} from '../../webapp/src/errors';

/** One of each kind, by its name. */
export const errors = {
  ModelLoadError: new ModelLoadError('missing', 'The file group1-shard1of3.bin is missing on the server (answer 404).'),
  ConnectionError: new ConnectionError('unreachable', "The file model.json can't be reached."),
  StartError: new StartError('out of memory'),
  StoppedError: new StoppedError(),
  AlteredError: new AlteredError('https://here/assets/page.js'),
  InvalidInputError: new InvalidInputError('Point 0 of stroke 0 is wrong.', [0, Number.NaN]),
  DisposedError: new DisposedError(),
  PictureError: new PictureError('too-large', 'Too large.', { megapixels: 108, most: 65 }),
};

/** An error as comlink rebuilds it on the other side of a worker: without its class. */
export function fromWorker(error: Error): Error {
  return Object.assign(new Error(error.message), error);
}

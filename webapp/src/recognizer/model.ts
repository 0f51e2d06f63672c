import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { IMAGE_SIZE } from '../ink';
import { type Layer, type ModelJson, readLayersModel } from './layersModel';

/** Images per run: enough to keep the runtime busy, few enough to stay small in memory. */
const BATCH = 128;

const PIXELS = IMAGE_SIZE * IMAGE_SIZE;
const CLASSES = 10;

/** Build the network from the files of the exported model: model.json, then the shards in their order. */
export async function buildModel([json, ...shards]: readonly Uint8Array<ArrayBuffer>[]): Promise<Layer[]> {
  const weightData = await new Blob([...shards]).arrayBuffer();
  return readLayersModel(JSON.parse(new TextDecoder().decode(json)) as ModelJson, weightData);
}

/**
 * n×784 pixels, 0 (paper) to 1 (ink), to n×10 probabilities.
 *
 * @throws RangeError where the pixels are no whole number of images.
 */
export function classify(model: readonly Layer[], pixels: Float32Array): Float32Array {
  if (pixels.length % PIXELS !== 0) {
    throw new RangeError(`Give ${PIXELS} pixels an image; ${pixels.length} is no multiple of it.`);
  }
  const images = pixels.length / PIXELS;
  const probabilities = new Float32Array(images * CLASSES);
  for (let first = 0; first < images; first += BATCH) {
    const batch = pixels.subarray(first * PIXELS, Math.min(first + BATCH, images) * PIXELS);
    tidy(() => {
      const shape = [batch.length / PIXELS, IMAGE_SIZE, IMAGE_SIZE, 1];
      const output = model.reduce((values: Tensor, layer) => layer(values), tensor(batch, shape)); // (batch, 10)
      probabilities.set(output.dataSync(), first * CLASSES);
    });
  }
  return probabilities;
}

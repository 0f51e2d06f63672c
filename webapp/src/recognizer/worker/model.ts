import { type Tensor, type Tensor2D, tensor, tidy } from '@tensorflow/tfjs-core';
import { IMAGE_SIZE } from '../../ink';
import type { Head } from '../../learning/head';
import { headLayer, type Layer, type ModelJson, readLayersModel } from './layersModel';

/** Images per run: enough to keep the runtime busy, few enough to stay small in memory. */
const BATCH = 128;

const PIXELS = IMAGE_SIZE * IMAGE_SIZE;
const CLASSES = 10;

/** Build the network from the files of the exported model: model.json, then the shards in their order. */
export async function buildModel([json, ...shards]: readonly Uint8Array<ArrayBuffer>[]): Promise<Layer[]> {
  const weightData = await new Blob([...shards]).arrayBuffer();
  return readLayersModel(JSON.parse(new TextDecoder().decode(json)) as ModelJson, weightData);
}

/** The model with another last layer. Its two tensors are new, and the caller's to dispose of. */
export function withHead(model: readonly Layer[], { kernel, bias }: Head): Layer[] {
  const tensors = [tensor(kernel, [kernel.length / CLASSES, CLASSES]), tensor(bias)] as const;
  return [...model.slice(0, -1), headLayer(tensors[0] as Tensor2D, tensors[1])];
}

/**
 * The weights of the model's last layer.
 *
 * @throws Error where it is none that can be trained further.
 */
export function headOf(model: readonly Layer[]): Head {
  const weights = model.at(-1)?.weights;
  if (weights === undefined) throw new Error("The model's last layer is none that can be trained further.");
  return { kernel: weights.kernel.dataSync() as Float32Array, bias: weights.bias.dataSync() as Float32Array };
}

/** What the layers before the last make of n×784 pixels: n×features. */
export function featuresOf(model: readonly Layer[], pixels: Float32Array): Float32Array {
  return run(model.slice(0, -1), pixels, headOf(model).kernel.length / CLASSES);
}

/**
 * n×784 pixels, 0 (paper) to 1 (ink), to n×10 probabilities.
 *
 * @throws RangeError where the pixels are no whole number of images.
 */
export function classify(model: readonly Layer[], pixels: Float32Array): Float32Array {
  return run(model, pixels, CLASSES);
}

/** Run some layers on n×784 pixels, a batch at a time, to n×`width` numbers. */
function run(layers: readonly Layer[], pixels: Float32Array, width: number): Float32Array {
  if (pixels.length % PIXELS !== 0) {
    throw new RangeError(`Give ${PIXELS} pixels an image; ${pixels.length} is no multiple of it.`);
  }
  const images = pixels.length / PIXELS;
  const result = new Float32Array(images * width);
  for (let first = 0; first < images; first += BATCH) {
    const batch = pixels.subarray(first * PIXELS, Math.min(first + BATCH, images) * PIXELS);
    tidy(() => {
      const shape = [batch.length / PIXELS, IMAGE_SIZE, IMAGE_SIZE, 1];
      const output = layers.reduce((values: Tensor, layer) => layer(values), tensor(batch, shape)); // (batch, width)
      result.set(output.dataSync(), first * width);
    });
  }
  return result;
}

// @module-tag heavy
/** Both ways to run a network, against TF.js itself. */
import '@tensorflow/tfjs-backend-cpu';
import { kernels } from 'virtual:kernels';
import { setBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel, model as partOf } from '@tensorflow/tfjs-layers';
import { beforeAll, expect, test } from 'vitest';
import { createPlainBody } from '../../../webapp/src/network/plainBody';
import { createWasmBody } from '../../../webapp/src/network/wasmBody';
import { chance } from '../learning/madeFeatures';
import {
  activate,
  conv,
  dense,
  END,
  flatten,
  input,
  type LayerJson,
  type MadeWeights,
  modelOf,
  networkOf,
  normalisation,
  pool,
} from './made';

beforeAll(() => setBackend('cpu'));

interface Settings {
  readonly name: string;
  readonly filters: number;
  readonly units: number;
  readonly kernel_size: [number, number];
  readonly strides: [number, number];
  readonly pool_size: [number, number];
}

/** Weights for layers, by chance; of each layer what goes on is about as large as what came in. */
function weightsFor(layers: readonly LayerJson[]): MadeWeights {
  const random = chance(7);
  const weights: MadeWeights = {};
  let [height, width, channels] = [28, 28, 1];
  for (const { class_name: kind, config } of layers) {
    const { name, filters, units, kernel_size: size, strides, pool_size: window } = config as unknown as Settings;
    const made = (...shape: number[]) => {
      const inputs = shape.slice(0, -1).reduce((a, b) => a * b, 1);
      const values = Float32Array.from(
        { length: inputs * (shape.at(-1) ?? 0) },
        () => (2 * random() - 1) / Math.sqrt(inputs),
      );
      return { shape, values };
    };
    if (kind === 'Conv2D' || kind === 'MaxPooling2D') {
      const [rows, columns] = kind === 'Conv2D' ? size : window;
      if (kind === 'Conv2D') {
        Object.assign(weights, {
          [`${name}/kernel`]: made(rows, columns, channels, filters),
          ...(config.use_bias === false ? {} : { [`${name}/bias`]: made(filters) }),
        });
        channels = filters;
      }
      height = 1 + Math.floor((height - rows) / strides[0]);
      width = 1 + Math.floor((width - columns) / strides[1]);
    }
    if (kind === 'BatchNormalization') {
      const some = (from: number, to: number) => ({
        shape: [channels],
        values: Float32Array.from({ length: channels }, () => from + (to - from) * random()),
      });
      weights[`${name}/gamma`] = some(-2, 2);
      weights[`${name}/beta`] = some(-0.1, 0.1);
      weights[`${name}/moving_mean`] = some(-0.1, 0.1);
      weights[`${name}/moving_variance`] = some(0.2, 1);
    }
    if (kind === 'Dense') {
      weights[`${name}/kernel`] = made(height * width * channels, units);
      if (config.use_bias !== false) weights[`${name}/bias`] = made(units);
      [height, width, channels] = [1, 1, units];
    }
  }
  return weights;
}

/** What TF.js makes of images with the layers before the head. */
async function expectedOf(
  layers: readonly LayerJson[],
  weights: MadeWeights,
  pixels: Float32Array,
): Promise<Float32Array> {
  const { json, data } = modelOf(layers, weights);
  const { modelTopology, weightsManifest } = json;
  const weightSpecs = weightsManifest.flatMap((group) => group.weights) as never;
  const whole: LayersModel = await loadLayersModel({
    load: async () => ({ modelTopology, weightSpecs, weightData: data }),
  });
  const before = whole.getLayer('head').input as never;
  const features = partOf({ inputs: whole.inputs, outputs: before });
  return (features.predict(tensor(pixels, [pixels.length / 784, 28, 28, 1])) as Tensor).dataSync() as Float32Array;
}

const LINEAR = { activation: 'linear', use_bias: false };

/** A layer, and what export writes behind it. */
function normalised(layer: LayerJson, activation = 'relu'): LayerJson[] {
  const { name } = layer.config;
  return [layer, normalisation(`${name}_norm`), activate(`${name}_${activation}`, activation)];
}

const NETWORKS: Record<string, LayerJson[]> = {
  'as the one that ships': [
    ...[conv('a', 16), conv('b', 16), pool('p'), conv('c', 48), conv('d', 48), conv('e', 64), pool('q'), flatten],
    dense('f', 64, 'relu'),
  ],
  'channels that are no multiple of eight': [
    conv('a', 3),
    conv('b', 5),
    pool('p'),
    conv('c', 12),
    flatten,
    dense('f', 9, 'relu'),
  ],
  'odd sizes, without Winograd': [
    conv('a', 8, { kernel_size: [2, 2] }),
    conv('b', 8),
    pool('p'),
    conv('c', 8),
    flatten,
  ],
  'other kernels and strides': [
    conv('a', 8, { kernel_size: [5, 3], strides: [2, 1] }),
    conv('b', 8, { strides: [1, 2] }),
    flatten,
  ],
  'pooling of other windows': [conv('a', 8), pool('p', { pool_size: [3, 2], strides: [2, 3] }), conv('b', 8), flatten],
  'pooling after Winograd, but not of its tiles': [conv('a', 8), conv('b', 8), pool('p', { strides: [1, 1] }), flatten],
  'pooling that leaves a row': [conv('a', 8, { kernel_size: [4, 4] }), pool('p'), conv('b', 8), pool('q'), flatten],
  'no activation': [
    conv('a', 8, { activation: 'linear' }),
    conv('b', 8, { activation: 'linear' }),
    flatten,
    dense('f', 5, 'linear'),
  ],
  'a scale for each output channel': [
    ...normalised(conv('a', 3, LINEAR)),
    ...normalised(conv('b', 12, LINEAR)),
    pool('p'),
    ...normalised(conv('c', 5, { activation: 'linear' })),
    flatten,
    ...normalised(dense('f', 9, 'linear', { use_bias: false })),
  ],
  'a normalisation without activation': [...normalised(conv('a', 8, LINEAR), 'linear'), conv('b', 8), flatten],
  'dense layers alone': [flatten, dense('e', 20, 'relu'), dense('f', 30, 'relu')],
};
const WITHOUT_WASM = ['dense layers alone'];

test.each(Object.entries(NETWORKS))('%s: the same features as TF.js computes', async (name, middle) => {
  const layers = [input, ...middle, ...END];
  const weights = weightsFor(layers);
  const random = chance(3);
  const pixels = Float32Array.from({ length: 3 * 784 }, () => Math.max(0, 2 * random() - 1));
  const expected = await expectedOf(layers, weights, pixels);
  expect(expected.length % 3).toBe(0);
  const { body } = networkOf(layers, weights);
  const bodies = [createPlainBody(body)];
  if (WITHOUT_WASM.includes(name)) await expect(createWasmBody(body, kernels)).rejects.toThrow('one channel');
  else bodies.push(await createWasmBody(body, kernels));
  for (const run of bodies) {
    const features = run(pixels);
    expect(features).toHaveLength(expected.length);
    const largest = Math.max(...expected.map(Math.abs));
    expect(largest).toBeGreaterThan(0.01);
    for (const [i, value] of features.entries())
      expect(Math.abs(value - (expected[i] as number))).toBeLessThan(2e-6 * largest);
  }
});

import { type ModelJson, type Network, readLayersModel } from '../../../webapp/src/network/layersModel';

export interface LayerJson {
  readonly class_name: string;
  readonly config: Record<string, unknown> & { readonly name: string };
}

/** A weight: its shape and values. */
export type MadeWeights = Record<string, { shape: number[]; values: ArrayLike<number> }>;

export const input: LayerJson = {
  class_name: 'InputLayer',
  config: { name: 'pixels', batch_input_shape: [null, 28, 28, 1] },
};
export const flatten: LayerJson = { class_name: 'Flatten', config: { name: 'flatten' } };

export const conv = (name: string, filters: number, config: object = {}): LayerJson => ({
  class_name: 'Conv2D',
  config: { name, filters, kernel_size: [3, 3], strides: [1, 1], padding: 'valid', activation: 'relu', ...config },
});
export const pool = (name: string, config: object = {}): LayerJson => ({
  class_name: 'MaxPooling2D',
  config: { name, pool_size: [2, 2], strides: [2, 2], padding: 'valid', ...config },
});
export const dense = (name: string, units: number, activation: string, config: object = {}): LayerJson => ({
  class_name: 'Dense',
  config: { name, units, activation, ...config },
});
export const normalisation = (name: string): LayerJson => ({
  class_name: 'BatchNormalization',
  config: { name, axis: -1, epsilon: 0.01 },
});
export const activate = (name: string, activation: string): LayerJson => ({
  class_name: 'Activation',
  config: { name, activation },
});

/** What every network here ends with: the head of eleven, and ten probabilities. */
export const END: readonly LayerJson[] = [
  dense('head', 11, 'softmax'),
  dense('ten', 10, 'linear', { use_bias: false }),
];

/** The JSON of a model in TF.js layers format, float32, and its data. */
export function modelOf(layers: readonly LayerJson[], weights: MadeWeights) {
  const manifest = Object.entries(weights).map(([name, { shape }]) => ({ name, shape, dtype: 'float32' }));
  const config = { name: 'made', layers };
  return {
    json: {
      modelTopology: { model_config: { class_name: 'Sequential', config } },
      weightsManifest: [{ paths: [], weights: manifest }],
    },
    data: new Float32Array(Object.values(weights).flatMap(({ values }) => Array.from(values))).buffer,
  };
}

export function networkOf(layers: readonly LayerJson[], weights: MadeWeights): Network {
  const { json, data } = modelOf(layers, weights);
  return readLayersModel(json as unknown as ModelJson, data);
}

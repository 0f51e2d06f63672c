import { fused, maxPool, reshape, softmax, type Tensor, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { decodeWeights } from '@tensorflow/tfjs-core/dist/io/io_utils';
import type { WeightsManifestEntry } from '@tensorflow/tfjs-core/dist/io/types';

/**
 * One layer, ready to run: a batch in, a batch out.
 *
 * TF.js's own reader of this format, tfjs-layers, knows and trains every layer of Keras, and makes the recognizer's
 * program more than twice as large: 105 KB instead of 43, compressed.
 */
export type Layer = ((batch: Tensor) => Tensor) & {
  /** Of the head alone, the dense layer with softmax: (features, 10) and (10). */
  readonly weights?: { readonly kernel: Tensor2D; readonly bias: Tensor };
};

/** The content of model.json, in TF.js layers format, as far as it is used here. */
export interface ModelJson {
  readonly modelTopology: { readonly model_config: { readonly config: { readonly layers: readonly LayerJson[] } } };
  readonly weightsManifest: readonly { readonly weights: WeightsManifestEntry[] }[];
}

interface LayerJson {
  readonly class_name: string;
  readonly config: LayerConfig;
}

interface LayerConfig {
  readonly name: string;
  readonly activation?: string;
  readonly strides?: [number, number];
  readonly pool_size?: [number, number];
  readonly padding?: string;
}

type Weights = Readonly<Record<string, Tensor>>;

/**
 * Read a sequential model: its layers in their order, with their weights as tensors of the current backend.
 *
 * @param weightData the content of all shards, one behind the other.
 * @throws Error where a layer is of a kind, or a setting, that this page cannot run.
 */
export function readLayersModel(json: ModelJson, weightData: ArrayBuffer): Layer[] {
  const weights = decodeWeights(
    weightData,
    json.weightsManifest.flatMap((group) => group.weights),
  );
  return json.modelTopology.model_config.config.layers
    .filter((layer) => layer.class_name !== 'InputLayer')
    .map((layer) => readLayer(layer, weights));
}

function readLayer({ class_name: kind, config }: LayerJson, weights: Weights): Layer {
  const { name, strides, pool_size: poolSize, padding } = config;
  const of = (part: string): Tensor => {
    const weight = weights[`${name}/${part}`];
    if (weight === undefined) throw new Error(`The model's layer ${name} has no ${part}.`);
    return weight;
  };
  if (kind === 'Flatten') return (batch) => reshape(batch, [batch.shape[0] ?? 0, -1]);
  if (kind === 'MaxPooling2D' && poolSize && strides && padding === 'valid') {
    return (batch) => maxPool(batch as Tensor4D, poolSize, strides, 'valid');
  }
  if (kind === 'Conv2D' && strides && padding === 'valid') {
    const layer = { filter: of('kernel') as Tensor4D, bias: of('bias'), strides, pad: 'valid' as const };
    const activation = fusedActivation(config);
    return (batch) => fused.conv2d({ ...layer, x: batch as Tensor4D, activation });
  }
  if (kind === 'Dense') {
    const layer = { b: of('kernel') as Tensor2D, bias: of('bias') };
    if (config.activation === 'softmax') return headLayer(layer.b, layer.bias);
    const activation = fusedActivation(config);
    return (batch) => fused.matMul({ ...layer, a: batch as Tensor2D, activation });
  }
  throw new Error(`The model's layer ${name} (${kind}) is none that this page can run.`);
}

/** A dense layer with softmax, of weights (features, 10) and (10). */
export function headLayer(kernel: Tensor2D, bias: Tensor): Layer {
  const run = (batch: Tensor) => softmax(fused.matMul({ a: batch as Tensor2D, b: kernel, bias }));
  return Object.assign(run, { weights: { kernel, bias } });
}

/** The activation that the kernel of the layer applies itself. */
function fusedActivation({ name, activation }: LayerConfig): 'linear' | 'relu' {
  if (activation === 'linear' || activation === 'relu') return activation;
  throw new Error(`The model's layer ${name} has the activation ${activation}, which this page cannot run.`);
}

import { fused, maxPool, reshape, softmax, type Tensor, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { decodeWeights } from '@tensorflow/tfjs-core/dist/io/io_utils';
import type { WeightsManifestEntry } from '@tensorflow/tfjs-core/dist/io/types';
import { ModelLoadError } from '../../errors';
import { IMAGE_SIZE } from '../../ink';

/** One layer, ready to run: a batch in, a batch out. */
export type Layer = ((batch: Tensor) => Tensor) & { readonly json?: LayerJson };

/** A dense layer with softmax, with its weights: (features, 11) and (11). */
export type HeadLayer = Layer & { readonly kernel: Tensor2D; readonly bias: Tensor };

/** The content of model.json, in TF.js layers format: the parts that are used here. */
export interface ModelJson {
  readonly modelTopology: { readonly model_config: { readonly config: { readonly layers: readonly LayerJson[] } } };
  readonly weightsManifest: readonly { readonly weights: WeightsManifestEntry[] }[];
}

/** How model.json describes a layer. */
export interface LayerJson {
  readonly class_name: string;
  readonly config: LayerConfig;
}

interface LayerConfig {
  readonly name: string;
  readonly batch_input_shape?: readonly (number | null)[];
  readonly activation?: string;
  readonly use_bias?: boolean;
  readonly strides?: [number, number];
  readonly pool_size?: [number, number];
  readonly padding?: string;
}

/** What the network reads. */
const IMAGES = [null, IMAGE_SIZE, IMAGE_SIZE, 1];

type Weights = Readonly<Record<string, Tensor>>;

/**
 * Read a sequential model: its layers in their order, with their weights as tensors of the current backend.
 *
 * TF.js has a reader of this format, tfjs-layers. It supports and trains every layer of Keras, and more than doubles the
 * recognizer's program: 105 KB instead of 43, compressed.
 *
 * @param weightData the content of all shards, joined.
 * @throws ModelLoadError where this page can't run a layer, because of its kind or its settings.
 */
export function readLayersModel(json: ModelJson, weightData: ArrayBuffer): Layer[] {
  const weights = decodeWeights(
    weightData,
    json.weightsManifest.flatMap((group) => group.weights),
  );
  return json.modelTopology.model_config.config.layers
    .filter((layer) => layer.class_name !== 'InputLayer' || !isInput(layer))
    .map((json) => Object.assign(readLayer(json, weights), { json }));
}

/** Whether a model's input is the images that it will get. */
function isInput({ config: { batch_input_shape: [, ...shape] = IMAGES } }: LayerJson): boolean {
  return String(shape) === String(IMAGES.slice(1));
}

function readLayer(json: LayerJson, weights: Weights): Layer {
  const { class_name: kind, config } = json;
  const { name, strides, pool_size: poolSize, padding } = config;
  const of = (part: string): Tensor => {
    const weight = weights[`${name}/${part}`];
    if (weight === undefined) throw unfit({ json }, `has no ${part}`);
    return weight;
  };
  if (kind === 'Flatten') return (batch) => reshape(batch, [batch.shape[0] ?? 0, -1]);
  if (kind === 'MaxPooling2D' && poolSize && strides && padding === 'valid') {
    return (batch) => maxPool(batch as Tensor4D, poolSize, strides, 'valid');
  }
  if (kind === 'Conv2D' && strides && padding === 'valid') {
    const layer = { filter: of('kernel') as Tensor4D, bias: of('bias'), strides, pad: 'valid' as const };
    const activation = fusedActivation(json);
    return (batch) => fused.conv2d({ ...layer, x: batch as Tensor4D, activation });
  }
  if (kind === 'Dense') {
    const kernel = of('kernel') as Tensor2D;
    if (config.activation === 'softmax') return headLayer(kernel, of('bias'));
    const layer = { b: kernel, ...(config.use_bias !== false && { bias: of('bias') }) };
    const activation = fusedActivation(json);
    return (batch) => fused.matMul({ ...layer, a: batch as Tensor2D, activation });
  }
  throw unfit({ json }, `(${kind}) can't run on this page`);
}

/** The error of a layer that this program can't run. */
export function unfit({ json }: Pick<Layer, 'json'>, why: string): ModelLoadError {
  const layer = json?.config.name ?? '';
  return new ModelLoadError('unfit', `The model's layer ${layer} ${why}.`, { layer });
}

export function headLayer(kernel: Tensor2D, bias: Tensor): HeadLayer {
  const run: Layer = (batch) => softmax(fused.matMul({ a: batch as Tensor2D, b: kernel, bias }));
  return Object.assign(run, { kernel, bias });
}

export function isHeadLayer(layer?: Layer): layer is HeadLayer {
  return layer !== undefined && 'kernel' in layer;
}

/** An activation that TF.js applies in the same kernel as the layer. */
function fusedActivation(json: LayerJson): 'linear' | 'relu' {
  const { activation } = json.config;
  if (activation === 'linear' || activation === 'relu') return activation;
  throw unfit({ json }, `has the activation ${activation}, which can't run on this page`);
}

import { ModelLoadError } from '../errors';
import { CLASSES, IMAGE_SIZE } from '../ink/image';
import { type Head, OUTPUTS } from '../learning/head';
import { type Convolution, type Layer, type Shape, sizeOf } from './layers';
import { decodeWeights, type WeightEntry, type Weights } from './weights';

/** The content of model.json, in TF.js layers format: the parts that are used here. */
export interface ModelJson {
  readonly modelTopology: { readonly model_config: { readonly config: { readonly layers: readonly LayerJson[] } } };
  readonly weightsManifest: readonly { readonly weights: readonly WeightEntry[] }[];
}

/** How model.json describes a layer. */
interface LayerJson {
  readonly class_name: string;
  readonly config: {
    readonly name: string;
    readonly batch_input_shape?: readonly (number | null)[];
    readonly activation?: string;
    readonly use_bias?: boolean;
    readonly strides?: readonly [number, number];
    readonly pool_size?: readonly [number, number];
    readonly padding?: string;
    readonly epsilon?: number;
  };
}

/** A body that turns an image into features, a head with softmax, and the layers that make ten probabilities of the head's. */
export interface Network {
  readonly body: readonly Layer[];
  readonly head: Head;
  readonly shown: readonly Layer[];
}

/** What the network reads. */
const IMAGE: Shape = [IMAGE_SIZE, IMAGE_SIZE, 1];

/**
 * Read a sequential model.
 *
 * TF.js has a reader of this format, tfjs-layers. It supports and trains every layer of Keras, and is many times as large as
 * all that reads here.
 *
 * @param weightData the content of all shards, joined.
 * @throws ModelLoadError where this page can't run a layer, because of its kind, its settings or its size.
 */
export function readLayersModel(json: ModelJson, weightData: ArrayBuffer): Network {
  const entries = json.weightsManifest.flatMap((group) => group.weights);
  const weights = decodeWeights(entries, weightData);
  const [body, shown]: [Layer[], Layer[]] = [[], []];
  let head: Head | null = null;
  let shape = IMAGE;
  let last = '';
  for (const layer of json.modelTopology.model_config.config.layers) {
    if (layer.class_name === 'Flatten' || (layer.class_name === 'InputLayer' && isInput(layer))) continue;
    last = layer.config.name;
    if (head === null && layer.class_name === 'Dense' && layer.config.activation === 'softmax') {
      const { kernel, bias } = readDense(layer, weights, shape);
      head = { kernel: kernel.values, bias };
      shape = [1, 1, head.bias.length];
      if (head.bias.length !== OUTPUTS) throw unfit(last, `gives ${head.bias.length} numbers, not ${OUTPUTS}`);
      continue;
    }
    const layers = head ? shown : body;
    if (layer.class_name === 'BatchNormalization' || layer.class_name === 'Activation') {
      layers.push(joined(layers.pop(), layer, weights));
      continue;
    }
    const read = readLayer(layer, weights, shape);
    shape = read.output;
    if (Math.min(...shape) < 1) throw unfit(last, "can't run: its input is smaller than what it looks at");
    layers.push(read);
  }
  if (head === null) throw new ModelLoadError('unfit', 'No layer of the model is a dense one with softmax.');
  if (sizeOf(shape) !== CLASSES) throw unfit(last, `gives ${sizeOf(shape)} numbers, not ten`);
  return { body, head, shown };
}

/** Whether a model's input is the images that it will get. */
function isInput({ config: { batch_input_shape: [, ...shape] = [null, ...IMAGE] } }: LayerJson): boolean {
  return String(shape) === String(IMAGE);
}

function readLayer(json: LayerJson, weights: Weights, input: Shape): Layer {
  const { class_name: kind, config } = json;
  const { name, strides, pool_size: poolSize, padding } = config;
  const [height, width, channels] = input;
  const after = (size: readonly [number, number], steps: readonly [number, number]) =>
    [1 + Math.floor((height - size[0]) / steps[0]), 1 + Math.floor((width - size[1]) / steps[1])] as const;
  if (kind === 'MaxPooling2D' && poolSize && strides && padding === 'valid') {
    return { kind: 'pooling', name, size: poolSize, strides, input, output: [...after(poolSize, strides), channels] };
  }
  if (kind === 'Conv2D' && strides && padding === 'valid') {
    const kernel = weightOf(name, 'kernel', weights);
    const [rows = 0, columns = 0, takes = 0, gives = 0] = kernel.shape;
    mustTake(name, takes, channels, 'channels');
    const bias = biasOf(json, gives, weights);
    const [size, output] = [[rows, columns] as const, [...after([rows, columns], strides), gives] as const];
    return { kind: 'convolution', name, size, strides, kernel, bias, least: leastOf(json), input, output };
  }
  if (kind === 'Dense') {
    const { kernel, bias } = readDense(json, weights, input);
    const output = [1, 1, bias.length] as const;
    const [size, strides] = [[height, width] as const, [1, 1] as const];
    return { kind: 'dense', name, size, strides, kernel, bias, least: leastOf(json), input, output };
  }
  throw unfit(name, `(${kind}) can't run on this page`);
}

/** A linear layer that also does what follows it: it normalises, which scales its output channels, or cuts off. */
function joined(before: Layer | undefined, json: LayerJson, weights: Weights): Convolution {
  const { name, epsilon = 0.001 } = json.config;
  if (before === undefined || before.kind === 'pooling' || before.least !== -Infinity)
    throw unfit(name, `(${json.class_name}) can't run on this page`);
  if (json.class_name === 'Activation') return { ...before, least: leastOf(json) };
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((part) => {
    const { values } = weightOf(name, part, weights);
    mustTake(name, values.length, before.bias.length, 'channels');
    return values;
  }) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const factors = gamma.map((factor, i) => factor / Math.sqrt((variance[i] as number) + epsilon));
  const bias = beta.map(
    (shift, i) => shift + (factors[i] as number) * ((before.bias[i] as number) - (mean[i] as number)),
  );
  return { ...before, kernel: before.kernel.times(factors), bias };
}

/** The weights of a dense layer, which takes all values of its input. */
function readDense(json: LayerJson, weights: Weights, input: Shape): Pick<Convolution, 'kernel' | 'bias'> {
  const { name } = json.config;
  const kernel = weightOf(name, 'kernel', weights);
  const [takes = 0, gives = 0] = kernel.shape;
  mustTake(name, takes, sizeOf(input), 'numbers');
  return { kernel, bias: biasOf(json, gives, weights) };
}

function biasOf({ config: { name, use_bias: has } }: LayerJson, channels: number, weights: Weights): Float32Array {
  return has === false ? new Float32Array(channels) : weightOf(name, 'bias', weights).values;
}

function weightOf(name: string, part: string, weights: Weights) {
  const weight = weights.get(`${name}/${part}`);
  if (weight === undefined) throw unfit(name, `has no ${part}`);
  return weight;
}

function mustTake(name: string, takes: number, gets: number, what: string): void {
  if (takes !== gets) throw unfit(name, `can't run: it takes ${takes} ${what} and gets ${gets}`);
}

/** The error of a layer that this program can't run. */
function unfit(layer: string, why: string): ModelLoadError {
  return new ModelLoadError('unfit', `The model's layer ${layer} ${why}.`, { layer });
}

/** What an activation cuts off. */
function leastOf({ config: { name, activation } }: LayerJson): number {
  if (activation === 'relu') return 0;
  if (activation === 'linear') return -Infinity;
  throw unfit(name, `has the activation ${activation}, which can't run on this page`);
}

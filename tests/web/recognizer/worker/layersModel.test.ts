import '@tensorflow/tfjs-backend-cpu';
import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { ModelLoadError } from '../../../../webapp/src/errors';
import { type ModelJson, readLayersModel } from '../../../../webapp/src/recognizer/worker/layersModel';

interface LayerJson {
  class_name: string;
  config: Record<string, unknown> & { name: string };
}

const input: LayerJson = { class_name: 'InputLayer', config: { name: 'pixels' } };
const flatten: LayerJson = { class_name: 'Flatten', config: { name: 'flatten' } };

const conv = (config: object = {}): LayerJson => ({
  class_name: 'Conv2D',
  config: { name: 'conv', strides: [1, 1], padding: 'valid', activation: 'relu', ...config },
});
const pool = (config: object = {}): LayerJson => ({
  class_name: 'MaxPooling2D',
  config: { name: 'pool', pool_size: [2, 2], strides: [2, 2], padding: 'valid', ...config },
});
const dense = (activation: string): LayerJson => ({ class_name: 'Dense', config: { name: 'dense', activation } });

const convWeights = (kernel: number[], bias: number[] = [0]) => ({
  'conv/kernel': { shape: [2, 2, 1, kernel.length / 4], values: kernel },
  'conv/bias': { shape: [bias.length], values: bias },
});
const denseWeights = (inputs: number, kernel: number[], bias: number[]) => ({
  'dense/kernel': { shape: [inputs, bias.length], values: kernel },
  'dense/bias': { shape: [bias.length], values: bias },
});

function read(layers: LayerJson[], weights: object[], data: ArrayBuffer) {
  const json = { modelTopology: { model_config: { config: { layers } } }, weightsManifest: [{ weights }] };
  return readLayersModel(json as unknown as ModelJson, data);
}

/** A model in the format of the exported one, with float32 weights. */
function model(layers: LayerJson[], weights: Record<string, { shape: number[]; values: number[] }> = {}) {
  const manifest = Object.entries(weights).map(([name, { shape }]) => ({ name, shape, dtype: 'float32' }));
  return read(layers, manifest, new Float32Array(Object.values(weights).flatMap(({ values }) => values)).buffer);
}

/** What a model makes of a batch of 3×3 images. */
function run(layers: ReturnType<typeof model>, pixels: number[], shape = [pixels.length / 9, 3, 3, 1]) {
  return tidy(() => {
    const output = layers.reduce((values: Tensor, layer) => layer(values), tensor(pixels, shape));
    return { shape: output.shape, values: [...output.dataSync()] };
  });
}

const image = [1, 2, 3, 4, 5, 6, 7, 8, 9];

test('a convolution adds its bias and cuts off what is below zero', () => {
  // The sum of the square, and its upper left less its lower right: always -4.
  const layers = model([input, conv()], convWeights([1, 1, 1, 0, 1, 0, 1, -1], [0.5, 3]));
  const { shape, values } = run(layers, image);
  expect(shape).toEqual([1, 2, 2, 2]);
  expect(values).toEqual([12.5, 0, 16.5, 0, 24.5, 0, 28.5, 0]);
});

test.each([
  ['linear one keeps what is below zero', { activation: 'linear' }, [1, 0, 0, -1], [-4, -4, -4, -4]],
  ['one keeps its stride', { strides: [2, 2] }, [1, 1, 1, 1], [12]],
])('of convolutions, a %s', (_, config, kernel, values) => {
  expect(run(model([input, conv(config)], convWeights(kernel)), image).values).toEqual(values);
});

test('pooling takes the largest of each window', () => {
  expect(run(model([input, pool()]), image)).toEqual({ shape: [1, 1, 1, 1], values: [5] });
  expect(run(model([input, pool({ strides: [1, 1] })]), image).values).toEqual([5, 6, 8, 9]);
});

test('images stay apart when they are flattened', () => {
  const batch = [...image, ...image.map((value) => -value)];
  expect(run(model([input, flatten]), batch)).toEqual({ shape: [2, 9], values: batch });
});

test('a dense layer', () => {
  const weights = denseWeights(2, [1, -1, 2, -2], [10, 1]);
  expect(run(model([dense('relu')], weights), [1, 2], [1, 2]).values).toEqual([15, 0]);
  expect(run(model([dense('linear')], weights), [1, 2], [1, 2]).values).toEqual([15, -4]);
});

test('a dense layer without a bias', () => {
  const layer = dense('linear');
  const config = { ...layer.config, use_bias: false };
  const { 'dense/kernel': kernel } = denseWeights(2, [1, -1, 2, -2], [0, 0]);
  expect(run(model([{ ...layer, config }], { 'dense/kernel': kernel }), [1, 2], [1, 2]).values).toEqual([5, -5]);
  expect(() => model([layer], { 'dense/kernel': kernel })).toThrow('dense has no bias');
});

test('softmax makes probabilities of each image', () => {
  const layers = model([dense('softmax')], denseWeights(1, [1, 0], [0, 0]));
  const { values } = run(layers, [0, Math.log(3)], [2, 1]);
  expect(values.map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0.5, 0.5, 0.75, 0.25]);
});

test('weights of one byte are spread over their range', () => {
  const quantization = { dtype: 'uint8', scale: 0.5, min: -1 };
  const weights = [
    { name: 'dense/kernel', shape: [1, 2], dtype: 'float32', quantization },
    { name: 'dense/bias', shape: [2], dtype: 'float32' },
  ];
  const data = new Uint8Array([0, 6, ...new Uint8Array(new Float32Array([0, 0]).buffer)]).buffer;
  expect(run(read([dense('linear')], weights, data), [1], [1, 1]).values).toEqual([-1, 2]);
});

test.each([
  ['a layer of another kind', [{ class_name: 'LSTM', config: { name: 'memory' } }], 'memory (LSTM)'],
  ['another padding', [conv({ padding: 'same' })], 'conv (Conv2D)'],
  ['pooling with padding', [pool({ padding: 'same' })], 'pool (MaxPooling2D)'],
  ['an activation that no kernel applies', [conv({ activation: 'tanh' })], 'activation tanh'],
  ['a softmax that is not the last', [conv({ activation: 'softmax' })], 'activation softmax'],
])('%s is refused by name', (_, layers, words) => {
  expect(() => model(layers, convWeights([1, 1, 1, 1]))).toThrow(ModelLoadError);
  expect(() => model(layers, convWeights([1, 1, 1, 1]))).toThrow(words);
});

test('a layer without its weights is refused by name', () => {
  expect(() => model([dense('relu')])).toThrow('dense has no kernel');
});

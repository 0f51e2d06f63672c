import { expect, test } from 'vitest';
import { ModelLoadError } from '../../../webapp/src/errors';
import { createPlainBody, runLayer } from '../../../webapp/src/network/plainBody';
import {
  activate,
  conv,
  dense,
  END,
  flatten,
  input,
  type LayerJson,
  type MadeWeights,
  networkOf,
  normalisation,
  pool,
} from './made';

const zeros = (...shape: number[]) => ({ shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)) });
const ENDS: MadeWeights = { 'head/kernel': zeros(3, 11), 'head/bias': zeros(11), 'ten/kernel': zeros(11, 10) };

/** A dense layer that takes the whole picture, then what every network ends with. */
const wide = (config: object = {}): LayerJson[] => [input, flatten, dense('wide', 3, 'relu', config), ...END];
const WIDE: MadeWeights = { 'wide/kernel': zeros(784, 3), 'wide/bias': zeros(3), ...ENDS };

test('a dense layer adds its bias and cuts off what is below zero', () => {
  const values = new Float32Array(784 * 3);
  values.set([1, -1, 2], 3 * 5);
  const weights = {
    ...WIDE,
    'wide/kernel': { shape: [784, 3], values },
    'wide/bias': { shape: [3], values: [1, 0, -5] },
  };
  const pixels = Float32Array.from({ length: 784 }, (_, i) => (i === 5 ? 2 : 0));
  expect([...createPlainBody(networkOf(wide(), weights).body)(pixels)]).toEqual([3, 0, 0]);
});

test('a dense layer without a bias', () => {
  const { 'wide/bias': _, ...weights } = WIDE;
  expect(networkOf(wide({ use_bias: false }), weights).body[0]).toMatchObject({ bias: new Float32Array(3) });
  expect(() => networkOf(wide(), weights)).toThrow('wide has no bias');
});

test('pooling takes the largest of each window', () => {
  const pooling = {
    kind: 'pooling',
    name: '',
    size: [2, 2],
    strides: [1, 1],
    input: [3, 3, 1],
    output: [2, 2, 1],
  } as const;
  expect([...runLayer(pooling, Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9))]).toEqual([5, 6, 8, 9]);
});

test.each([
  ['a layer of another kind', { class_name: 'LSTM', config: { name: 'memory' } }, 'memory (LSTM)'],
  ['another padding', conv('conv', 1, { padding: 'same' }), 'conv (Conv2D)'],
  ['pooling with padding', pool('pool', { padding: 'same' }), 'pool (MaxPooling2D)'],
  ['an activation that no kernel applies', conv('conv', 1, { activation: 'tanh' }), 'activation tanh'],
  ['a softmax that is not the head', conv('conv', 1, { activation: 'softmax' }), 'activation softmax'],
  ['pooling of more than there is', pool('pool', { pool_size: [30, 30] }), "pool can't run: its input is smaller"],
  ['a layer without its weights', dense('other', 3, 'relu'), 'other has no kernel'],
])('%s is refused by name', (_, layer, words) => {
  const weights = { ...WIDE, 'conv/kernel': zeros(3, 3, 1, 1), 'conv/bias': zeros(1) };
  const read = () => networkOf([input, layer, ...wide().slice(1)], weights);
  expect(read).toThrow(ModelLoadError);
  expect(read).toThrow(words);
});

const LINEAR = { activation: 'linear', use_bias: false };
const NORM: MadeWeights = {
  'norm/gamma': zeros(2),
  'norm/beta': zeros(2),
  'norm/moving_mean': zeros(2),
  'norm/moving_variance': zeros(2),
};

test.each<[string, LayerJson[], MadeWeights, string]>([
  ['normalises pooling', [conv('conv', 2), pool('pool'), normalisation('norm')], {}, 'norm (BatchNormalization) can'],
  ['normalises what was cut off', [conv('conv', 2), normalisation('norm')], {}, 'norm (BatchNormalization) can'],
  ['normalises the picture', [normalisation('norm')], {}, 'norm (BatchNormalization) can'],
  ['cuts off twice', [conv('conv', 2), activate('again', 'relu')], {}, 'again (Activation) can'],
  [
    'cuts off in another way',
    [conv('conv', 2, LINEAR), activate('relu6', 'relu6')],
    {},
    'relu6 has the activation relu6',
  ],
  [
    'normalises other channels',
    [conv('conv', 2, LINEAR), normalisation('norm')],
    { 'norm/moving_mean': zeros(3) },
    "norm can't run: it takes 3 channels and gets 2",
  ],
  ['normalises without numbers', [conv('conv', 2, LINEAR), normalisation('bare')], {}, 'bare has no gamma'],
])('a layer that %s is refused by name', (_, layers, others, words) => {
  const weights = { ...WIDE, ...NORM, 'conv/kernel': zeros(3, 3, 1, 2), 'conv/bias': zeros(2), ...others };
  const read = () => networkOf([input, ...layers, ...wide().slice(1)], weights);
  expect(read).toThrow(ModelLoadError);
  expect(read).toThrow(words);
});

test('the head is not normalised, and neither are its answers alone', () => {
  const [head, ten] = END as [LayerJson, LayerJson];
  const read = () => networkOf([...wide().slice(0, 3), head, normalisation('norm'), ten], { ...WIDE, ...NORM });
  expect(read).toThrow('norm (BatchNormalization) can');
});

test('a convolution of other channels than it gets is refused by name', () => {
  const weights = { ...WIDE, 'conv/kernel': zeros(3, 3, 2, 1), 'conv/bias': zeros(1) };
  expect(() => networkOf([input, conv('conv', 1), ...wide().slice(1)], weights)).toThrow(
    "conv can't run: it takes 2 channels and gets 1",
  );
});

import { beforeAll, expect, test } from 'vitest';
import { rasterizeInk } from '../../../../webapp/src/ink';
import { OUTPUTS, probabilitiesOf } from '../../../../webapp/src/learning/head';
import type { Model } from '../../../../webapp/src/network';
import { lookInside } from '../../../../webapp/src/recognizer/worker/inside';
import { GOLDEN_INK } from '../../golden';
import { modelJson, shippedNetwork } from '../../shippedNetwork';

/** The network sees this digit. */
const imageOf = (digit: number) => rasterizeInk(GOLDEN_INK.find((ink) => ink.digit === digit)?.strokes ?? []);

let model: Model;

beforeAll(async () => {
  model = await shippedNetwork();
});

test('every convolution and pooling shows its pictures, of the size that the exported model says', async () => {
  const pixels = imageOf(4);
  const { layers, features, probabilities, heat } = await lookInside(model, pixels);
  const shape = layers.map(({ kind, channels, width, height }) => `${kind} ${channels} ${width}×${height}`);
  const { config } = modelJson('model.json').modelTopology.model_config;
  let side = 28;
  let maps = 1;
  const expected: string[] = [];
  for (const { class_name: kind, config: layer } of config.layers) {
    if (kind === 'Conv2D') {
      side = side - layer.kernel_size[0] + 1;
      maps = layer.filters;
      expected.push(`convolution ${maps} ${side}×${side}`);
    }
    if (kind === 'MaxPooling2D') {
      side = Math.floor(side / layer.pool_size[0]);
      expected.push(`pooling ${maps} ${side}×${side}`);
    }
  }
  expect(expected.length).toBeGreaterThan(3);
  expect(shape).toEqual(expected);
  for (const { values, channels, width, height } of layers) {
    expect(values).toHaveLength(channels * width * height);
    expect(Math.max(...values)).toBeGreaterThan(0);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  }
  expect(new Set(layers.map(({ name }) => name)).size).toBe(layers.length);
  expect(features).toEqual(model.features(pixels));
  expect(probabilities).toEqual(model.classify(pixels));
  expect(heat).toBeNull();
});

test('pooling shows the largest of each square of the layer before it', async () => {
  const { layers } = await lookInside(model, imageOf(8));
  const place = layers.findIndex(({ kind }) => kind === 'pooling');
  const [before, after] = [layers[place - 1], layers[place]];
  if (before === undefined || after === undefined) throw new Error('There is no pooling after a layer.');
  for (const [i, value] of after.values.entries()) {
    const channel = i % after.channels;
    const [x, y] = [Math.floor(i / after.channels) % after.width, Math.floor(i / after.channels / after.width)];
    const of = (dx: number, dy: number) =>
      before.values[((2 * y + dy) * before.width + 2 * x + dx) * before.channels + channel] as number;
    expect(value).toBe(Math.max(of(0, 0), of(1, 0), of(0, 1), of(1, 1)));
  }
});

test('the ink of a 4 speaks for a 4 most of all, and where there is no ink nothing speaks', async () => {
  const pixels = imageOf(4);
  const { heat } = await lookInside(model, pixels, () => true);
  if (heat === null) throw new Error('There is no heat.');
  const sums = Array.from({ length: 10 }, (_, d) => heat.subarray(d * 784, (d + 1) * 784).reduce((a, b) => a + b, 0));
  expect(sums.indexOf(Math.max(...sums))).toBe(4);
  for (const [i, value] of heat.entries()) if (pixels[i % 784] === 0) expect(value).toBe(0);
});

test('a look that nobody waits for ends, and others are answered in between', async () => {
  const pixels = imageOf(5);
  const unwanted = lookInside(model, pixels, () => false);
  const wanted = lookInside(model, pixels, () => true);
  const other = new Promise((resolve) => setTimeout(() => resolve('another call')));
  expect((await unwanted).heat).toBeNull();
  expect(await Promise.race([wanted, other])).toBe('another call');
  expect((await wanted).heat).not.toBeNull();
});

test('it looks with the head that has learnt', async () => {
  const pixels = imageOf(6);
  const features = model.features(pixels);
  // A head that answers 2, whatever it is asked.
  const bias = Float32Array.from({ length: OUTPUTS }, (_, output) => (output === 2 ? 5 : 0));
  const head = { kernel: new Float32Array(features.length * OUTPUTS), bias };
  model.replaceHead(head);
  const { probabilities } = await lookInside(model, pixels);
  model.replaceHead(null);
  const expected = probabilitiesOf(Float64Array.from(bias))[2] as number;
  expect(probabilities[2]).toBeGreaterThan(expected);
  expect(probabilities.indexOf(Math.max(...probabilities))).toBe(2);
  expect((await lookInside(model, pixels)).probabilities[6]).toBeGreaterThan(0.9);
});

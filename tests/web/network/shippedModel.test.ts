// @module-tag heavy
import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import { setBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, expect, test } from 'vitest';
import { rasterizeInk } from '../../../webapp/src/ink';
import { buildModel } from '../../../webapp/src/network';

const fileOf = (path: string) => new Uint8Array(readFileSync(new URL(`../../../${path}`, import.meta.url)));
const jsonOf = (path: string) => JSON.parse(new TextDecoder().decode(fileOf(path)));

/** Ten digits as the page's network sees them: 784 pixels each. */
const images: Float32Array[] = jsonOf('tests/golden/ink.json')
  .filter(({ digit }: { digit: number | null }) => digit !== null)
  .slice(0, 10)
  .map(({ strokes }: { strokes: [number, number][][] }) => rasterizeInk(strokes));

/** Of clear digits nearly all probabilities are close to 0 or 1: their logarithms show more. */
const logarithms = (probabilities: ArrayLike<number>) => Array.from(probabilities, Math.log);

beforeAll(() => setBackend('cpu'));

test('TF.js itself loads the model that ships, and the page computes the same probabilities', async () => {
  const { modelTopology, weightsManifest } = jsonOf('webapp/model/model.json');
  const paths: string[] = weightsManifest.flatMap((group: { paths: string[] }) => group.paths);
  const shards = paths.map((path) => fileOf(`webapp/model/${path}`));
  const weightData = await new Blob(shards).arrayBuffer();
  const weightSpecs = weightsManifest.flatMap((group: { weights: object[] }) => group.weights);
  const original = await loadLayersModel({ load: async () => ({ modelTopology, weightSpecs, weightData }) });
  const model = await buildModel([fileOf('webapp/model/model.json'), ...shards]);

  expect(images).toHaveLength(10);
  for (const pixels of images) {
    const expected = logarithms((original.predict(tensor(pixels, [1, 28, 28, 1])) as Tensor).dataSync());
    expect(expected).toHaveLength(10);
    const difference = logarithms(model.classify(pixels)).map((value, digit) => value - (expected[digit] ?? Infinity));
    expect(Math.max(...difference.map(Math.abs))).toBeLessThan(0.001);
  }
});

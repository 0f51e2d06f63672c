import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Ink, PIXELS, rasterizeInk } from '../../../../webapp/src/ink';
import type { Model } from '../../../../webapp/src/network';
import { InkReader } from '../../../../webapp/src/number/inkReader';
import { PageReader } from '../../../../webapp/src/recognizer/page/pageReader';
import { GOLDEN_INK } from '../../golden';
import { shippedNetwork } from '../../shippedNetwork';

const digits = GOLDEN_INK.filter(({ digit }) => digit !== null);

/** A row of 1s: each is one stroke, so that a group of them is one image more. */
const ones = (count: number): Ink =>
  Array.from({ length: count }, (_, i) => [0, 1, 2].map((y) => [100 * i + y, 40 * y] as const));

let model: Model;
beforeAll(async () => {
  model = await shippedNetwork();
});
afterEach(() => vi.restoreAllMocks());

test('a digit is read on the page, by one run of the network', async () => {
  const reader = new PageReader(model.share(), 0.5);
  const run = vi.spyOn(Object.getPrototypeOf(model), 'classify');
  for (const { digit, strokes } of digits) {
    expect((await reader.readInk(strokes))?.text).toBe(String(digit));
  }
  expect(run).toHaveBeenCalledTimes(digits.length);
});

test('a number is read while it grows, and not where it would take too long at once', async () => {
  const reader = new PageReader(model.share(), 0.5);
  expect(await reader.readInk(ones(12))).toBeNull();
  const tried = vi.spyOn(InkReader.prototype, 'read');
  expect(await reader.readInk(ones(13))).toBeNull();
  expect(tried).not.toHaveBeenCalled(); // it has grown
  for (let count = 1; count <= 13; count++) {
    expect((await reader.readInk(ones(count)))?.text).toBe('1'.repeat(count));
  }
});

test('many images at once are not for the page', () => {
  const reader = new PageReader(model.share(), 0.5);
  expect(reader.classify(new Float32Array(8 * PIXELS))).toHaveLength(80);
  expect(reader.classify(new Float32Array(9 * PIXELS))).toBeNull();
});

test('without WebAssembly nothing is', async () => {
  vi.stubGlobal('WebAssembly', undefined);
  const plain = await shippedNetwork();
  vi.unstubAllGlobals();
  expect(plain.backend).toBe('cpu');
  const reader = new PageReader(plain, 0.5);
  expect(reader.classify(new Float32Array(PIXELS))).toBeNull();
  expect(await reader.readInk(ones(1))).toBeNull();
});

test('what was learnt is used, and can be left', async () => {
  const reader = new PageReader(model.share(), 0.5);
  const [{ strokes: ink }] = digits as [(typeof digits)[0]];
  const original = model.originalHead();
  const before = await reader.readInk(ink);
  reader.learnt = { ...original, bias: original.bias.map((value, output) => (output === 7 ? value + 99 : value)) };
  expect((await reader.readInk(ink))?.text).toBe('7');
  reader.usesLearnt = false;
  expect(await reader.readInk(ink)).toEqual(before);
  expect(reader.classify(rasterizeInk(ink))).toEqual(model.classify(rasterizeInk(ink)));
  reader.usesLearnt = true;
  expect((await reader.readInk(ink))?.text).toBe('7');
  reader.learnt = null;
  expect(await reader.readInk(ink)).toEqual(before);
});

import { beforeAll, expect, test } from 'vitest';
import type { Ink } from '../../../webapp/src/ink';
import type { Model } from '../../../webapp/src/network';
import { DigitReader } from '../../../webapp/src/recognizer/digitReader';
import { DIGITS, drawn, joined, moved, written } from '../number/made';
import { CONFIDENCE_THRESHOLD, shippedNetwork } from '../shippedNetwork';

/** The network that ships. */
let network: Model;
let asked = 0;

beforeAll(async () => {
  network = await shippedNetwork();
});

/** A reader that notes of how many images it asks the network. */
function newReader(): DigitReader {
  asked = 0;
  return new DigitReader(network, CONFIDENCE_THRESHOLD, (pixels) => {
    asked += pixels.length / 784;
    return network.classify(pixels);
  });
}

const below = (ink: Ink, by = 190) => moved(ink, 0, by);
const [ZERO, FOUR] = [DIGITS[0], DIGITS[4]] as [Ink, Ink];
const TWO_CIRCLES = [...moved(ZERO, 0, 0, 0.5), ...moved(ZERO, 0, 80, 0.5)];

test('lines are read from the top, in whatever order they were drawn', async () => {
  const { text, digits } = await newReader().readInk([...below(written('94')), ...written('170')]);
  expect(text).toBe('17094');
  expect(digits.map(({ strokes }) => strokes)).toEqual([[3], [4], [5], [0], [1, 2]]); // biome-ignore format: digits
});

test.each([
  ['are one digit and two', written('2'), written('51'), '251'],
  ['have digits of one stroke', [joined('20').stroke], written('56'), '2056'],
  ['hold what is no digit', written('12'), [...written('03'), ...drawn('400,0 470,60 400,30 470,0 400,60')], '1203?'],
  ['are a sum with rules below', written('12'), [...written('34'), ...drawn('0,170 250,172', '0,185 250,186')], '1234'],
] as [string, Ink, Ink, string][])('lines that %s', async (_, upper, lower, text) => {
  expect((await newReader().readInk([...upper, ...below(lower)])).text).toBe(text);
});

test('one more stroke of a line has no other line read again', async () => {
  const reader = newReader();
  const ink = [...written('2026'), ...below(written('118'))];
  await reader.readInk(ink.slice(0, -1));
  asked = 0;
  expect((await reader.readInk(ink)).text).toBe('2026118');
  expect(asked).toBeLessThanOrEqual(2);
});

test('a change of the network has all lines read again', async () => {
  const reader = newReader();
  const ink = [...written('20'), ...below(written('11'))];
  await reader.readInk(ink);
  asked = 0;
  reader.learnt = null;
  await reader.readInk(ink);
  expect(asked).toBeGreaterThanOrEqual(4);
});

test('a number that is underlined is the same number', async () => {
  const { text, digits } = await newReader().readInk([...drawn('0,160 180,163'), ...written('42')]);
  expect(text).toBe('42');
  expect(digits.map(({ strokes }) => strokes)).toEqual([[1, 2], [3]]); // biome-ignore format: digits
  expect((await newReader().readInk([...(DIGITS[8] as Ink), ...drawn('-80,170 150,168')])).text).toBe('8');
});

test.each([
  ['no ink', []],
  ['strokes without points', [[], []]],
])('%s reads as nothing', async (_, ink) => {
  expect(await newReader().readInk(ink)).toEqual({ text: '', digits: [] });
});

test('bars one below the other are one thing', async () => {
  expect((await newReader().readInk(drawn('0,0 90,0', '0,40 90,40'))).text).toBe('?');
});

test('lines of scribbles are no number', async () => {
  const scribbles = drawn('0,0 60,90 0,45 70,0', '190,0 260,90 190,45 260,0', '380,0 440,90 380,45 450,0');
  expect((await newReader().readInk([...scribbles, ...below(scribbles, 200)])).text).toBe('?');
});

test('a digit below another is no number', async () => {
  expect((await newReader().readInk([...FOUR, ...below(ZERO)])).digits).toHaveLength(1);
});

test('circles are 8s', async () => {
  expect((await newReader().readInk(TWO_CIRCLES)).text).toBe('8');
  expect((await newReader().readInk([...TWO_CIRCLES, ...moved(TWO_CIRCLES, 90)])).text).toBe('88');
});

test('stairs are one number', async () => {
  expect((await newReader().readInk([...moved(FOUR, 0, 200), ...moved(written('23'), 180)])).text).toBe('423');
});

import { beforeAll, expect, test } from 'vitest';
import type { Ink, Point } from '../../../webapp/src/ink';
import type { Model } from '../../../webapp/src/network';
import { InkReader } from '../../../webapp/src/number/inkReader';
import { readJoined } from '../../../webapp/src/number/readJoined';
import { CONFIDENCE_THRESHOLD, shippedNetwork } from '../shippedNetwork';
import { BARRED_SEVEN, DIGITS, drawn, inARow, joined, moved, written } from './made';

/** The network that ships. */
let network: Model;
let asked: number[] = [];

beforeAll(async () => {
  network = await shippedNetwork();
});

/** A reader that notes how many groups it asks the network about. */
function newReader(): InkReader {
  asked = [];
  return new InkReader((pixels) => {
    asked.push(pixels.length / 784);
    return network.classify(pixels);
  }, CONFIDENCE_THRESHOLD);
}

const textOf = (ink: Ink) => newReader().read(ink).text;

test.each(DIGITS.map((ink, digit) => [digit, ink] as const))('a %d alone is read with one look', (digit, ink) => {
  const { text, digits } = newReader().read(ink);
  expect(text).toBe(String(digit));
  expect(digits[0]?.strokes).toEqual([...ink.keys()]);
  expect(asked).toEqual([1]);
});

test.each(['10', '11', '100', '111', '2026', '404', '555', '1234567890', '475475475475'])('%s', (text) => {
  expect(textOf(written(text))).toBe(text);
});

test.each(['10', '01', '11', '417'])('%s, written close', (text) => {
  expect(textOf(written(text, 12))).toBe(text);
});

test('digits come from left to right, in whatever order they were drawn', () => {
  const [one, two, three] = inARow([DIGITS[1], DIGITS[2], DIGITS[3]] as Ink[]) as [Ink, Ink, Ink];
  const { text, digits } = newReader().read([...three, ...one, ...two]);
  expect(text).toBe('123');
  expect(digits.map(({ strokes }) => strokes)).toEqual([[1], [2], [0]]);
});

test('a stem, a flag and a bar that are drawn last stay with their digits', () => {
  const row = inARow([DIGITS[4], DIGITS[5], BARRED_SEVEN, DIGITS[9]] as Ink[]);
  const first = row.map(([stroke]) => stroke as Ink[0]);
  const late = row.slice(0, 3).map(([, stroke]) => stroke as Ink[0]);
  const { text, digits } = newReader().read([...first, ...late]);
  expect(text).toBe('4579');
  expect(digits.map(({ strokes }) => strokes)).toEqual([[0, 4], [1, 5], [2, 6], [3]]); // biome-ignore format: pairs
});

test.each(['20', '00', '62', '320', '86'])('%s, written without lifting the pen', (text) => {
  const { stroke } = joined(text);
  const reader = newReader();
  expect(reader.read([stroke]).text).toBe('?');
  const reading = readJoined([stroke], reader);
  expect(reading?.text).toBe(text);
  expect(reading?.digits.map(({ strokes }) => strokes)).toEqual([...text].map(() => [0]));
  for (const { ink, box } of reading?.digits ?? []) {
    expect(ink?.flat().every(([x]) => x >= box.x && x <= box.x + box.width)).toBe(true);
  }
});

test('a stroke of two digits stands in a number of others, and each part is its own digit', () => {
  const { stroke } = joined('20');
  const ink = [...moved(DIGITS[5] as Ink, -200), stroke];
  const reading = readJoined(ink, newReader());
  expect(reading?.text).toBe('520');
  expect(reading?.digits.map(({ strokes, ink }) => [strokes, ink?.length])).toEqual([
    [[0, 1], undefined],
    [[2], 1],
    [[2], 1],
  ]);
});

const UNCUT: [string, Ink][] = [
  ['a digit', DIGITS[3] as Ink],
  ['a number', written('2026')],
  ['a zigzag', [Array.from({ length: 10 }, (_, i): [number, number] => [20 * i, 100 * (i % 2)])]],
  ['a tick', drawn('0,60 30,95 110,0')],
  ['an M', drawn('0,100 10,0 50,70 90,0 100,100')],
  ['dots', drawn('0,0', '40,0')],
  ['nothing', []],
];

test.each(UNCUT)('%s is not cut', (_, ink) => {
  expect(readJoined(ink, newReader())).toBeNull();
});

test('boxes are in the unit of the ink', () => {
  const [, two] = newReader().read(moved(written('12', 30), 1000, 50)).digits;
  expect(two?.box.x).toBeCloseTo(1000 + (58 - 30) + 30, 6);
  expect(two?.box.y).toBeCloseTo(50 + 6.075, 6);
});

test('one more stroke has only groups read that hold it', () => {
  const reader = newReader();
  const ink = written('20261');
  reader.read(ink.slice(0, 4));
  asked = [];
  expect(reader.read(ink).text).toBe('20261');
  expect(asked.reduce((sum, groups) => sum + groups, 0)).toBeLessThanOrEqual(2);
  asked = [];
  reader.read(ink);
  expect(asked).toEqual([]);
});

test('a stroke of as many points that has changed is read anew', () => {
  const reader = newReader();
  expect(reader.read(drawn('0,0 1,30 2,60')).text).toBe('1');
  const before = asked.length;
  reader.read(drawn('0,0 50,30 2,60'));
  expect(asked.length).toBe(before + 1);
});

test('what was read is forgotten when the network changes', () => {
  const reader = newReader();
  reader.read(written('12'));
  asked = [];
  reader.forget();
  reader.read(written('12'));
  expect(asked).not.toEqual([]);
});

test('a digit in a number is no less likely than alone', () => {
  const { digits } = newReader().read(written('80'));
  const alone = newReader().read(DIGITS[8] as Ink).digits[0]?.probabilities as number[];
  for (const [i, probability] of (digits[0]?.probabilities ?? []).entries())
    expect(probability).toBeCloseTo(alone[i] as number, 4);
});

test('a digit and a scribble beside it are a digit and a question mark', () => {
  const place = (i: number): Point => [70 * Math.sin(i * 2.4), 70 * Math.cos(i * 3.7)];
  const scribble = Array.from({ length: 60 }, (_, i) => place(i));
  const [three, beside] = inARow([DIGITS[3] as Ink, [scribble]]) as [Ink, Ink];
  expect(textOf([...three, ...moved(beside, 0, 75)])).toBe('3?');
});

test.each([
  ['no ink', []],
  ['strokes without points', [[], []]],
])('%s reads as nothing', (_, ink) => {
  expect(newReader().read(ink)).toEqual({ text: '', digits: [] });
});

const ONE_THING: [string, Ink][] = [
  ['two dots', drawn('0,0', '40,90')],
  ['dots in a row', drawn('0,0', '40,0', '90,1')],
  ['a 3 over a 4', [...(DIGITS[3] as Ink), ...(DIGITS[4] as Ink)]],
  ['a K', drawn('0,0 0,100', '65,0 0,55 70,100')],
  ['an upright cross', drawn('50,0 50,100', '0,50 100,50')],
];

test.each(ONE_THING)('%s are one thing that is no digit', (_, ink) => {
  expect(textOf(ink)).toBe('?');
});

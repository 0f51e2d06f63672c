// @module-tag heavy
import { expect, test } from 'vitest';
import { CLASSES } from '../../../webapp/src/ink';
import { adaptHead } from '../../../webapp/src/learning/adaptHead';
import { answers, type Head, NOT_A_DIGIT, OUTPUTS, spread } from '../../../webapp/src/learning/head';
import { chance, HEAD, joined, looksLike, plainDigits, WIDTH } from './madeFeatures';

const replayed = plainDigits(60, chance(1)).features;

function read(head: Head, features: Float32Array): number[] {
  const all = answers(head, features);
  return Array.from({ length: all.length / OUTPUTS }, (_, i) => {
    const own = all.subarray(i * OUTPUTS, (i + 1) * OUTPUTS);
    return own.indexOf(Math.max(...own));
  });
}

/** How far the answers to the replayed digits are from the original's: the mean Kullback-Leibler divergence, in nats. */
function moved(head: Head): number {
  const after = answers(head, replayed);
  const sum = answers(HEAD, replayed).reduce((sum, p, i) => sum + p * Math.log(p / (after[i] as number)), 0);
  return (sum * WIDTH) / replayed.length;
}

function expectPlainDigitsRead(head: Head): void {
  const { features, labels } = plainDigits(20, chance(4));
  expect(read(head, features)).toEqual(labels);
}

/** Drawings that look like a 1 and light feature 12, by somebody whose 7 it is. */
function habit(count: number, seed: number): Float32Array {
  const random = chance(seed);
  return joined(Array.from({ length: count }, () => looksLike(1, random, 12)));
}

test.each([5, 50, 200])('%d examples of a habit that is always misread teach it, and cost nothing else', (count) => {
  expect(read(HEAD, habit(40, 2))).toEqual(Array(40).fill(1));
  const head = adaptHead(HEAD, { features: habit(count, 3), labels: Array(count).fill(7) }, replayed);
  expect(read(head, habit(40, 2))).toEqual(Array(40).fill(7));
  expectPlainDigitsRead(head);
  expect(moved(head)).toBeLessThan(0.005);
});

test('a wrong label among right ones is not believed', () => {
  const plain = plainDigits(8, chance(5));
  const labels = plain.labels.map((label, i) => (i === 3 ? 9 : label)); // a 3, said to be a 9
  const head = adaptHead(HEAD, { features: plain.features, labels }, replayed);
  expectPlainDigitsRead(head);
  expect(read(head, plain.features)[3]).toBe(3);
});

test('what is said to be no digit comes to be named less surely, and digits as before', () => {
  const random = chance(7);
  const scribbles = joined(Array.from({ length: 6 }, () => looksLike(2, random, 14)));
  const most = (head: Head) => Math.max(...spread(answers(head, scribbles.subarray(0, WIDTH))));
  expect(most(HEAD)).toBeGreaterThan(0.95);
  const head = adaptHead(HEAD, { features: scribbles, labels: Array(6).fill(NOT_A_DIGIT) }, replayed);
  expect(most(head)).toBeLessThan(0.6);
  expectPlainDigitsRead(head);
});

test('equal examples give an equal head, and the original stays as it is', () => {
  const examples = { features: habit(5, 9), labels: Array(5).fill(7) };
  const before = HEAD.kernel.slice();
  const [one, other] = [adaptHead(HEAD, examples, replayed), adaptHead(HEAD, examples, replayed)];
  expect(one).toEqual(other);
  expect(HEAD.kernel).toEqual(before);
  expect(one.kernel).not.toEqual(before);
});

test('it learns with nothing to rehearse, and from nothing learns nothing', () => {
  const head = adaptHead(HEAD, { features: habit(5, 10), labels: Array(5).fill(7) }, new Float32Array(0));
  expect(read(head, habit(10, 11))).toEqual(Array(10).fill(7));
  expect(adaptHead(HEAD, { features: new Float32Array(0), labels: [] }, replayed)).toBe(HEAD);
});

test('features that are all zero make no number that is none', () => {
  const head = adaptHead(HEAD, { features: new Float32Array(32), labels: [3, 3] }, new Float32Array(0));
  expect([...head.kernel, ...head.bias].every(Number.isFinite)).toBe(true);
});

test('labels that are none, and features that are too few, are refused', () => {
  const features = habit(1, 12);
  for (const label of [-1, 11, 2.5, Number.NaN]) {
    expect(() => adaptHead(HEAD, { features, labels: [label] }, replayed)).toThrow(/A label is 0 to 9, or 10/);
  }
  expect(() => adaptHead(HEAD, { features, labels: [1, 2] }, replayed)).toThrow('2 examples need 32 features; got 16.');
});

test('views of an example stand for what else the hand may write', () => {
  const random = chance(13);
  const [example, view, alike] = [12, 14, 14].map((feature) => looksLike(1, random, feature)) as Float32Array[];
  const examples = { features: joined([example, example, example] as Float32Array[]), labels: [7, 7, 7] };
  const augmented = joined(Array(6).fill(view));
  const seven = (head: Head) => answers(head, alike as Float32Array)[7] as number;
  const without = seven(adaptHead(HEAD, examples, replayed));
  expect(seven(adaptHead(HEAD, { ...examples, augmented }, replayed))).toBeGreaterThan(without + 0.2);
  expect(() => adaptHead(HEAD, { ...examples, augmented: view as Float32Array }, replayed)).toThrow(
    '16 features are no augmentations of 3 examples.',
  );
});

test('what would move the answers to the replayed digits far is learnt in part only', () => {
  const random = chance(17);
  // Plain digits, each said to be the next: they look just like what is replayed.
  const contrary = plainDigits(20, random);
  const labels = contrary.labels.map((label) => (label + 1) % CLASSES);
  const head = adaptHead(HEAD, { features: contrary.features, labels }, replayed);
  expect(moved(head)).toBeLessThanOrEqual(0.015);
  expect(moved(head)).toBeGreaterThan(0.01);
  expectPlainDigitsRead(head);
});

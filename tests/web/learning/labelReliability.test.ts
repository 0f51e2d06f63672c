import { expect, test } from 'vitest';
import { labelReliability } from '../../../webapp/src/learning/labelReliability';
import { chance, HEAD, joined, looksLike } from './madeFeatures';

const similar = (count: number, label: number) => {
  const random = chance(1);
  return joined(Array.from({ length: count }, () => looksLike(label, random, 12)));
};

test('a label that similar examples contradict is hardly reliable, one that they share is', () => {
  const [mistap, ...shared] = labelReliability(HEAD, similar(6, 1), [9, 7, 7, 7, 7, 7]);
  expect(mistap).toBeLessThan(0.1);
  expect(Math.min(...shared)).toBeGreaterThan(0.5);
});

test('a label that the network agrees with is reliable, one that it contradicts hardly', () => {
  const [agreed] = labelReliability(HEAD, similar(1, 1), [1]);
  const [contradicted] = labelReliability(HEAD, similar(1, 1), [7]);
  expect(agreed).toBeGreaterThan(0.8);
  expect(contradicted).toBeLessThan(0.2);
});

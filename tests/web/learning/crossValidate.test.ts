// @module-tag heavy
import { expect, test } from 'vitest';
import { crossValidate } from '../../../webapp/src/learning/crossValidate';
import { chance, HEAD, joined, looksLike, plainDigits } from './madeFeatures';

const replayed = plainDigits(60, chance(1)).features;
const isRight = (probabilities: Float32Array, label: number) =>
  probabilities.indexOf(Math.max(...probabilities)) === label;

test('examples are read by what was learnt from the others', () => {
  const random = chance(2);
  const plain = plainDigits(2, random);
  const habit = Array.from({ length: 10 }, () => looksLike(1, random, 12));
  const examples = {
    features: Float32Array.of(...joined(habit), ...plain.features),
    labels: [...Array(10).fill(7), ...plain.labels],
  };
  expect(crossValidate(HEAD, examples, replayed, isRight)).toEqual({ examples: 30, before: 20, after: 30 });
});

test('an example does not help itself', () => {
  // Two habits of one example each: learnt from itself each would be right.
  const random = chance(3);
  const features = joined([looksLike(1, random, 12), looksLike(4, random, 14)]);
  const validation = crossValidate(HEAD, { features, labels: [7, 9] }, replayed, isRight);
  expect(validation).toEqual({ examples: 2, before: 0, after: 0 });
});

test('with fewer than two there is nothing to compare', () => {
  const features = looksLike(1, chance(4));
  expect(crossValidate(HEAD, { features, labels: [1] }, replayed, isRight)).toBeNull();
});

import { expect, test } from 'vitest';
import {
  confidenceOf,
  digitsOf,
  imageOf,
  linesOf,
  mayBe,
  shownAs,
  worstDigit,
} from '../../../../webapp/src/app/pictures/pictureResult';

const box = { x: 0, y: 0, width: 1, height: 1 };

/** A digit with this probability, and another one with the rest; it is named from one half on. */
function digit(likeliest: number, confidence: number, other = (likeliest + 1) % 10) {
  const probabilities = Array<number>(10).fill(0);
  probabilities[likeliest] = confidence;
  probabilities[other] = 1 - confidence;
  return { digit: confidence > 0.55 ? likeliest : null, confidence, probabilities, box };
}

const READING = { digits: [digit(2, 0.99), digit(0, 0.75, 6), digit(4, 0.52, 9), digit(6, 1)], lines: ['20', '?6'] };

/** The digits, and what the user said of some, by their places. */
function withSaid(said: Record<number, number | null>) {
  return digitsOf(READING).map((one, i) => (i in said ? { ...one, said: said[i] } : one));
}

test('each digit stands in its line', () => {
  expect(digitsOf(READING).map(({ line }) => line)).toEqual([0, 0, 1, 1]);
  expect(linesOf(digitsOf(READING))).toEqual(['20', '?6']);
  expect(confidenceOf(digitsOf(READING))).toBe(0.52);
});

test('the least sure of the doubtful digits is the one to check, with what it may be', () => {
  expect(worstDigit(withSaid({}))).toBe(2);
  expect(worstDigit(withSaid({ 2: 9 }))).toBe(1);
  expect(worstDigit(withSaid({ 1: 0, 2: 9 }))).toBe(-1);
  expect(digitsOf(READING).slice(1, 3).map(mayBe)).toEqual([
    [0, 6],
    [4, 9],
  ]);
});

test('what the user said counts, and is sure', () => {
  const digits = withSaid({ 1: 6, 2: 9 });
  expect(digits.map(shownAs)).toEqual(['2', '6', '9', '6']);
  expect(linesOf(digits)).toEqual(['26', '96']);
  expect(confidenceOf(digits)).toBe(0.99);
});

test('what is no digit is left out, and so is a line without any', () => {
  expect(linesOf(withSaid({ 2: null }))).toEqual(['20', '6']);
  expect(linesOf(withSaid({ 0: null, 1: null }))).toEqual(['?6']);
  expect(linesOf(withSaid({ 0: null, 1: null, 2: null, 3: null }))).toEqual([]);
  expect(confidenceOf(withSaid({ 0: null, 1: null, 2: null, 3: null }))).toBe(1);
});

test('each digit has its own image', () => {
  const images = Float32Array.from({ length: 2 * 784 }, (_, i) => i);
  expect(imageOf({ images }, 1)).toHaveLength(784);
  expect(imageOf({ images }, 1)[0]).toBe(784);
});

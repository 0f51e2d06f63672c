import { expect, test } from 'vitest';
import { readDigit } from '../../../webapp/src/reading';

const box = { x: 0, y: 0, width: 1, height: 1 };

test('the likeliest digit is read with its probability as confidence', () => {
  const probabilities = [0, 0, 0.1, 0, 0, 0, 0, 0.9, 0, 0];
  expect(readDigit(Float32Array.from(probabilities), box, 0.5)).toEqual({
    text: '7',
    digits: [{ digit: 7, confidence: Math.fround(0.9), probabilities: probabilities.map(Math.fround), box }],
  });
});

test.each([
  [0.5, null],
  [0.51, 0],
  [0.49, null],
])('at a threshold of a half, a confidence of %d names %j', (confidence, digit) => {
  const { text, digits } = readDigit([confidence, 1 - confidence - 0.2, 0.2, 0, 0, 0, 0, 0, 0, 0], box, 0.5);
  expect(text).toBe(digit === null ? '?' : String(digit));
  expect(digits[0]).toMatchObject({ digit, confidence });
});

test.each([
  [0.8, '?'],
  [0.75, '?'],
  [0.74, '3'],
])('a confidence of 0.75 against a threshold of %d reads as %s', (confidenceThreshold, text) => {
  expect(readDigit([0.25, 0, 0, 0.75, 0, 0, 0, 0, 0, 0], box, confidenceThreshold).text).toBe(text);
});

test.each([Number.NaN, 0, 1, -0.1, 1.5, Infinity])('a threshold of %d is refused', (confidenceThreshold) => {
  const read = () => readDigit([1, 0, 0, 0, 0, 0, 0, 0, 0, 0], box, confidenceThreshold);
  expect(read).toThrow(RangeError);
  expect(read).toThrow(`between 0 and 1; got ${confidenceThreshold}`);
});

test('anything but ten probabilities is refused', () => {
  expect(() => readDigit([1], box, 0.5)).toThrow('ten probabilities, of 0 to 9; got 1');
});

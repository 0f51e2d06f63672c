import { expect, test } from 'vitest';
import { readDigit } from '../../../webapp/src/reading';

const box = { x: 0, y: 0, width: 1, height: 1 };

test('the likeliest digit is read with its probability as confidence', () => {
  const probabilities = [0, 0, 0.1, 0, 0, 0, 0, 0.9, 0, 0];
  expect(readDigit(probabilities, box, 0.5)).toEqual({
    text: '7',
    digits: [{ digit: 7, confidence: 0.9, probabilities, box }],
  });
});

test.each([
  [0.8, '?', null],
  [0.75, '?', null],
  [0.74, '3', 3],
])('a confidence of 0.75 against a threshold of %d reads as %s', (confidenceThreshold, text, digit) => {
  const reading = readDigit([0.25, 0, 0, 0.75, 0, 0, 0, 0, 0, 0], box, confidenceThreshold);
  expect(reading).toMatchObject({ text, digits: [{ digit, confidence: 0.75 }] });
});

test.each([Number.NaN, 0, 1, -0.1, 1.5, Infinity])('a threshold of %d is refused', (confidenceThreshold) => {
  const read = () => readDigit([1, 0, 0, 0, 0, 0, 0, 0, 0, 0], box, confidenceThreshold);
  expect(read).toThrow(RangeError);
  expect(read).toThrow(`between 0 and 1; got ${confidenceThreshold}`);
});

test('anything but ten probabilities is refused', () => {
  expect(() => readDigit([1], box, 0.5)).toThrow('ten probabilities, of 0 to 9; got 1');
});

import { expect, test } from 'vitest';
import { readDigit } from '../../../webapp/src/reading';

const box = { x: 0, y: 0, width: 1, height: 1 };

test('the likeliest digit is read with its probability as confidence', () => {
  const probabilities = [0, 0, 0.1, 0, 0, 0, 0, 0.9, 0, 0];
  expect(readDigit(Float32Array.from(probabilities), box)).toEqual({
    text: '7',
    digits: [{ digit: 7, confidence: Math.fround(0.9), probabilities: probabilities.map(Math.fround), box }],
  });
});

test('no digit likelier than all others together: unsure', () => {
  const { text, digits } = readDigit([0.5, 0.3, 0.2, 0, 0, 0, 0, 0, 0, 0], box);
  expect(text).toBe('?');
  expect(digits[0]).toMatchObject({ digit: null, confidence: 0.5 });
});

test('anything but ten probabilities is refused', () => {
  expect(() => readDigit([1], box)).toThrow('ten probabilities, of 0 to 9; got 1');
});

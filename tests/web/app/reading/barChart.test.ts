import { expect, test } from 'vitest';
import { asPercent } from '../../../../webapp/src/app/reading/barChart';

test.each([
  [1, '100%'],
  [0.99999, '100%'],
  [0.998, '99%'],
  [0.5, '50%'],
  [0.014, '1%'],
  [0.003, '<1%'],
  [0.00001, '0%'],
  [0, '0%'],
])('%d is shown as %s', (probability, text) => {
  expect(asPercent(probability)).toBe(text);
});

import { expect, test } from 'vitest';
import { provenance } from '../../../webapp/build/provenance';

test('each data set stands with its authors, its licence and its address', () => {
  const set = {
    title: 'MNIST',
    authors: 'LeCun',
    licence: 'CC BY-SA 3.0',
    address: 'https://example.org',
    images: 55_000,
  };
  const text = provenance({ version: 'abc', parameters: 95_689, data_sets: [set] });
  expect(text).toContain('| [MNIST](https://example.org) | LeCun | CC BY-SA 3.0 | 55,000 |');
  expect(text).toContain('Model abc');
  expect(text).toContain('95,689 parameters');
});

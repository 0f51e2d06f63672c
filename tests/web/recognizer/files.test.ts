import { expect, test } from 'vitest';
import { addressOf } from '../../../webapp/src/recognizer/files';

test('in a folder, a path is relative to it', () => {
  expect(addressOf('model/1/model.json', 'https://example.org/pad/')).toBe(
    'https://example.org/pad/model/1/model.json',
  );
});

test('among addresses, each path has its own; one without is an error that names it', () => {
  const addresses = { 'model.json': 'https://example.org/assets/model-abc.json' };
  expect(addressOf('model.json', addresses)).toBe('https://example.org/assets/model-abc.json');
  expect(() => addressOf('other.json', addresses)).toThrow('No address is known for the file other.json.');
});

import { expect, test } from 'vitest';
import { isLoadError, ModelLoadError } from '../../webapp/src/errors';
import { errors, fromWorker } from './madeErrors';

test.each(Object.entries(errors))('%s is told by its name', (name, error) => {
  expect(error.name).toBe(name);
  expect(error.code).not.toBe('');
});

test('only after an error of a file can the same worker load again', () => {
  const fromAWorker = Object.values(errors).map(fromWorker);
  expect(fromAWorker.filter(isLoadError).map(({ name }) => name)).toEqual(['ModelLoadError', 'ConnectionError']);
  expect(fromAWorker.some((error) => error instanceof ModelLoadError)).toBe(false);
  expect(isLoadError({ name: 'ModelLoadError' })).toBe(false);
});

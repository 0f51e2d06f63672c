import { expect, test } from 'vitest';
import { ConnectionError, InvalidInputError, isLoadError, ModelLoadError } from '../../webapp/src/errors';
import { errors } from './madeErrors';

test.each(Object.entries(errors))('%s is told by its name', (name, error) => {
  expect(error.name).toBe(name);
  expect(error.code).not.toBe('');
});

test('only after an error of a file can the same worker load again', () => {
  expect(Object.values(errors).filter(isLoadError)).toEqual([errors.ModelLoadError, errors.ConnectionError]);
  expect(isLoadError(new ModelLoadError('unfit', 'The layer can not run.'))).toBe(false);
  expect(isLoadError({ name: 'ModelLoadError' })).toBe(false);
});

test('a connection that fails is one way in which loading fails', () => {
  expect(new ConnectionError('busy', '')).toBeInstanceOf(ModelLoadError);
});

test('wrong input is kept with its error', () => {
  const point = [0, Number.NaN];
  expect(new InvalidInputError('The point is wrong.', point).value).toBe(point);
});

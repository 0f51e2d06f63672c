import { expect, test } from 'vitest';
import * as errors from '../../webapp/src/errors';

const { isForeseen, isLoadError, ...classes } = errors;

/** An error as comlink rebuilds it on the other side of a worker: without its class. */
function fromWorker({ name, message }: Error): Error {
  return Object.assign(new Error(message), { name });
}

test.each(Object.entries(classes))('%s is told by its name, also from a worker', (name, Kind) => {
  const error = new Kind('sentence');
  expect(error.name).toBe(name);
  expect(isForeseen(error)).toBe(true);
  expect(isForeseen(fromWorker(error))).toBe(true);
});

test('the message of any other error is not for the user', () => {
  for (const error of [new TypeError('x is undefined'), new Error('LoadError'), { name: 'LoadError' }, null]) {
    expect(isForeseen(error)).toBe(false);
  }
});

test('only after an error of a file can the same worker load again', () => {
  const made = Object.values(classes).map((Kind) => fromWorker(new Kind('')));
  expect(made.filter(isLoadError).map(({ name }) => name)).toEqual(['LoadError', 'ConnectionError']);
});

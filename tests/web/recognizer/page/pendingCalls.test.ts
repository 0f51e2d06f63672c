import { expect, test } from 'vitest';
import { PendingCalls } from '../../../../webapp/src/recognizer/page/pendingCalls';

test('a call settles as its worker says', async () => {
  const calls = new PendingCalls();
  await expect(calls.run(async () => 7)).resolves.toBe(7);
  await expect(calls.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('what is pending and what comes later is rejected with the first reason once the worker stops', async () => {
  const calls = new PendingCalls();
  const pending = calls.run(() => new Promise(() => {}));
  calls.stop(new Error('it died'));
  calls.stop(new Error('it was ended'));
  await expect(pending).rejects.toThrow('it died');
  await expect(calls.run(async () => 7)).rejects.toThrow('it died');
});

import { expect, test, vi } from 'vitest';
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

test('silence longer than the limit is told, and can end all calls', async () => {
  const calls = new PendingCalls();
  const silent = () => calls.stop(new Error('it is silent'));
  const pending = calls.run(() => new Promise(() => {}), 5, silent);
  await expect(pending).rejects.toThrow('it is silent');
});

test('an answer in time ends the wait', async () => {
  const calls = new PendingCalls();
  const onTimeout = vi.fn();
  await calls.run(async () => 7, 5, onTimeout);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(onTimeout).not.toHaveBeenCalled();
});

test('a call that starts its time again may take longer than the limit', async () => {
  vi.useFakeTimers();
  try {
    const onTimeout = vi.fn();
    let restart = () => {};
    void new PendingCalls().run((again) => new Promise(() => (restart = again)), 10, onTimeout);
    for (let i = 0; i < 5; i++) {
      vi.advanceTimersByTime(8);
      restart();
    }
    expect(onTimeout).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10);
    expect(onTimeout).toHaveBeenCalledOnce();
  } finally {
    vi.useRealTimers();
  }
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RetryLater } from '../../../../webapp/src/app/loading/retryLater';

let page: EventTarget & { visibilityState: string };
let network: EventTarget;
let retry: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  network = new EventTarget();
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', network.addEventListener.bind(network));
  retry = vi.fn();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('each pause is twice the last, up to the longest', () => {
  const retries = new RetryLater(5000);
  for (const pause of [1000, 2000, 4000, 5000, 5000]) {
    vi.mocked(retry).mockClear();
    retries.later(retry);
    vi.advanceTimersByTime(pause - 1);
    expect(retry).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(retry).toHaveBeenCalledOnce();
  }
  retries.cancel();
  retries.later(retry);
  vi.advanceTimersByTime(1000);
  expect(retry).toHaveBeenCalledTimes(2);
});

test('the network coming back ends the pause, once, but runs no retry that was cancelled', () => {
  const retries = new RetryLater();
  for (const [cancelled, calls] of [
    [true, 0],
    [false, 1],
  ] as const) {
    // biome-ignore format: cases
    retries.later(retry);
    if (cancelled) retries.cancel();
    for (let i = 0; i < 2; i++) network.dispatchEvent(new Event('online'));
    vi.advanceTimersByTime(100_000);
    expect(retry).toHaveBeenCalledTimes(calls);
  }
});

test('a hidden page waits until it is visible', () => {
  page.visibilityState = 'hidden';
  new RetryLater().later(retry);
  vi.advanceTimersByTime(100_000);
  page.dispatchEvent(new Event('visibilitychange'));
  expect(retry).not.toHaveBeenCalled();
  page.visibilityState = 'visible';
  page.dispatchEvent(new Event('visibilitychange'));
  expect(retry).toHaveBeenCalledOnce();
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Comeback } from '../../../webapp/src/app/comeback';

let page: EventTarget & { visibilityState: string };
let network: EventTarget;
let again: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  network = new EventTarget();
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', network.addEventListener.bind(network));
  again = vi.fn();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('each pause is twice the last, up to the longest', () => {
  const comeback = new Comeback(5000);
  for (const pause of [1000, 2000, 4000, 5000, 5000]) {
    vi.mocked(again).mockClear();
    comeback.later(again);
    vi.advanceTimersByTime(pause - 1);
    expect(again).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(again).toHaveBeenCalledOnce();
  }
  comeback.cancel();
  comeback.later(again);
  vi.advanceTimersByTime(1000);
  expect(again).toHaveBeenCalledTimes(2);
});

test('the network coming back ends the pause, once', () => {
  new Comeback().later(again);
  network.dispatchEvent(new Event('online'));
  network.dispatchEvent(new Event('online'));
  vi.advanceTimersByTime(100_000);
  expect(again).toHaveBeenCalledOnce();
});

test('a page that nobody looks at waits until somebody does', () => {
  page.visibilityState = 'hidden';
  new Comeback().later(again);
  vi.advanceTimersByTime(100_000);
  page.dispatchEvent(new Event('visibilitychange'));
  expect(again).not.toHaveBeenCalled();
  page.visibilityState = 'visible';
  page.dispatchEvent(new Event('visibilitychange'));
  expect(again).toHaveBeenCalledOnce();
});

test('what is cancelled is not tried', () => {
  const comeback = new Comeback();
  comeback.later(again);
  comeback.cancel();
  network.dispatchEvent(new Event('online'));
  vi.advanceTimersByTime(100_000);
  expect(again).not.toHaveBeenCalled();
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Silence } from '../../../../webapp/src/recognizer/page/silence';

const onTooLong = vi.fn();
let silence: Silence;

beforeEach(() => {
  vi.useFakeTimers();
  onTooLong.mockReset();
  silence = new Silence(onTooLong);
});

afterEach(() => {
  vi.useRealTimers();
});

/** A call that is pending until `answer`. */
function call(limitMs: number) {
  let answer = () => {};
  const settled = silence.during(limitMs, new Promise<void>((resolve) => (answer = resolve)));
  return async () => {
    answer();
    await settled;
  };
}

test('a worker that owes an answer and says nothing for its limit is told', () => {
  call(10);
  vi.advanceTimersByTime(9);
  expect(onTooLong).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onTooLong).toHaveBeenCalledOnce();
});

test('after the last answer nothing waits any more', async () => {
  const answer = call(10);
  await answer();
  expect(vi.getTimerCount()).toBe(0);
});

test('a failure is an answer', async () => {
  await expect(silence.during(10, Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(vi.getTimerCount()).toBe(0);
});

test('a call may take longer than its limit while something is heard', () => {
  call(10);
  for (let i = 0; i < 5; i++) {
    vi.advanceTimersByTime(8);
    silence.heard();
  }
  expect(onTooLong).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10);
  expect(onTooLong).toHaveBeenCalledOnce();
});

test('a short call may wait for a long one before it', async () => {
  const long = call(100);
  const short = call(10);
  vi.advanceTimersByTime(90);
  await long();
  vi.advanceTimersByTime(90);
  expect(onTooLong).not.toHaveBeenCalled();
  await short();
  call(10);
  vi.advanceTimersByTime(10);
  expect(onTooLong).toHaveBeenCalledOnce(); // the long one no longer counts
});

test('calls to a dead worker do not make it look alive', () => {
  for (let i = 0; i < 4; i++) {
    call(10);
    vi.advanceTimersByTime(3);
  }
  expect(onTooLong).toHaveBeenCalledOnce();
});

test('a worker that was ended is not missed', () => {
  call(10);
  silence.end();
  vi.advanceTimersByTime(100);
  expect(onTooLong).not.toHaveBeenCalled();
});

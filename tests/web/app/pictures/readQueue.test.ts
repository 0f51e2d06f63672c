import { expect, test, vi } from 'vitest';
import { ReadQueue } from '../../../../webapp/src/app/pictures/readQueue';

/** A queue whose reads end when the test says so, or when they are stopped. */
function makeQueue() {
  const reads: { item: string; signal: AbortSignal; end: () => void }[] = [];
  const done: string[] = [];
  const onEnd = vi.fn();
  const queue = new ReadQueue<string, string>(
    (item, signal) =>
      new Promise((resolve) => {
        reads.push({ item, signal, end: () => resolve(item.toUpperCase()) });
        signal.addEventListener('abort', () => resolve(`${item} stopped`));
      }),
    (result) => done.push(result),
    onEnd,
  );
  const end = async (place: number) => {
    reads[place]?.end();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { queue, reads, done, onEnd, end };
}

test('one is read after the other, in their order', async () => {
  const { queue, reads, done, onEnd, end } = makeQueue();
  queue.add(['a', 'b']);
  queue.add(['c']);
  expect(reads.map(({ item }) => item)).toEqual(['a']);
  expect(queue.progress).toEqual({ done: 0, all: 3 });
  await end(0);
  expect(reads.map(({ item }) => item)).toEqual(['a', 'b']);
  expect(queue.progress).toEqual({ done: 1, all: 3 });
  await end(1);
  expect(onEnd).not.toHaveBeenCalled();
  await end(2);
  expect(done).toEqual(['A', 'B', 'C']);
  expect(onEnd).toHaveBeenCalledOnce();
  expect(queue.progress).toBeNull();
});

test('what was begun before it was cleared never comes, what is added after it does', async () => {
  const { queue, reads, done, onEnd, end } = makeQueue();
  queue.add(['a', 'b', 'c']);
  await end(0);
  queue.clear();
  expect(queue.progress).toBeNull();
  queue.add(['d']);
  expect(queue.progress).toEqual({ done: 0, all: 1 });
  expect(reads[1]?.signal.aborted).toBe(true); // b, which was being read
  await end(1);
  expect(reads.map(({ item }) => item)).toEqual(['a', 'b', 'd']);
  await end(2);
  expect(done).toEqual(['A', 'D']);
  expect(onEnd).toHaveBeenCalledOnce();
});

test('a second batch is read when the first has ended', async () => {
  const { queue, done, onEnd, end } = makeQueue();
  queue.add(['a']);
  await end(0);
  queue.add(['b']);
  await end(1);
  expect(done).toEqual(['A', 'B']);
  expect(onEnd).toHaveBeenCalledTimes(2);
});

test('one item is stopped, or no longer waits; the others are read', async () => {
  const { queue, reads, done, onEnd, end } = makeQueue();
  queue.add(['a', 'b', 'c']);
  expect(queue.stop('b')).toBe(false);
  expect(queue.progress).toEqual({ done: 0, all: 2 });
  expect(queue.stop('a')).toBe(true);
  await end(0);
  expect(reads.map(({ item }) => item)).toEqual(['a', 'c']);
  expect(queue.stop('a')).toBe(false); // it is done
  expect(reads[1]?.signal.aborted).toBe(false);
  await end(1);
  expect(done).toEqual(['a stopped', 'C']);
  expect(onEnd).toHaveBeenCalledOnce();
});

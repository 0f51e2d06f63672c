import { expect, test } from 'vitest';
import { newestOnly } from '../../../../webapp/src/recognizer/page/newestOnly';

/** A job whose runs are finished by hand. */
function makeJob() {
  const runs: { input: number; finish: () => void; fail: () => void }[] = [];
  const job = (input: number) =>
    new Promise<number>((resolve, reject) => {
      runs.push({ input, finish: () => resolve(input * 10), fail: () => reject(new Error(`no ${input}`)) });
    });
  return { runs, job };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

test('while one runs, only the newest waits', async () => {
  const { runs, job } = makeJob();
  const done: [number, number][] = [];
  const run = newestOnly(
    job,
    (result, input) => done.push([result, input]),
    () => {},
  );
  for (const input of [1, 2, 3, 4]) run(input);
  expect(runs.map(({ input }) => input)).toEqual([1]);
  runs[0]?.finish();
  await settle();
  expect(runs.map(({ input }) => input)).toEqual([1, 4]);
  runs[1]?.finish();
  await settle();
  expect(done).toEqual([
    [10, 1],
    [40, 4],
  ]);
  run(5);
  expect(runs.map(({ input }) => input)).toEqual([1, 4, 5]);
});

test('a failure is told and does not block the next', async () => {
  const { runs, job } = makeJob();
  const errors: string[] = [];
  const done: number[] = [];
  const run = newestOnly(
    job,
    (result) => done.push(result),
    (error, input) => errors.push(`${input}: ${(error as Error).message}`),
  );
  run(1);
  run(2);
  runs[0]?.fail();
  await settle();
  runs[1]?.finish();
  await settle();
  expect(errors).toEqual(['1: no 1']);
  expect(done).toEqual([20]);
});

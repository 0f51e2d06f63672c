import { expect, test } from 'vitest';
import { newestOnly } from '../../webapp/src/newestOnly';

/** A job whose runs are finished by hand, and a list of what it was run on and what came of it. */
function makeRuns() {
  const log: string[] = [];
  const runs: { finish: (result: string) => void; fail: (error: Error) => void }[] = [];
  const run = newestOnly<number, string>(
    (input) => {
      log.push(`run ${input}`);
      return new Promise((finish, fail) => runs.push({ finish, fail }));
    },
    (result, input) => log.push(`${input} is ${result}`),
    (error, input) => log.push(`${input} failed: ${(error as Error).message}`),
  );
  return { log, runs, run };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

test('while one runs, only the newest waits', async () => {
  const { log, runs, run } = makeRuns();
  for (const input of [1, 2, 3, 4]) run(input);
  expect(log).toEqual(['run 1']);
  runs[0]?.finish('one');
  await settle();
  runs[1]?.finish('four');
  await settle();
  expect(log).toEqual(['run 1', '1 is one', 'run 4', '4 is four']);
  run(5);
  expect(log.at(-1)).toBe('run 5');
});

test('a failure is told and does not block the next', async () => {
  const { log, runs, run } = makeRuns();
  run(1);
  run(2);
  runs[0]?.fail(new Error('no'));
  await settle();
  runs[1]?.finish('two');
  await settle();
  expect(log).toEqual(['run 1', '1 failed: no', 'run 2', '2 is two']);
});

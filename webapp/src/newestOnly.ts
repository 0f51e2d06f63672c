/**
 * Run `job` on inputs one at a time. While one runs, only the newest input waits; older ones are dropped.
 *
 * @param job may fail: the next input is still run.
 * @param onDone called with each result and its input.
 * @param onError called with each failure and its input.
 */
export function newestOnly<Input, Result>(
  job: (input: Input) => Promise<Result>,
  onDone: (result: Result, input: Input) => void,
  onError: (error: unknown, input: Input) => void,
): (input: Input) => void {
  let running = false;
  let waiting: { input: Input } | null = null;
  const run = async (first: Input) => {
    running = true;
    waiting = { input: first };
    while (waiting !== null) {
      const { input }: { input: Input } = waiting;
      waiting = null;
      try {
        onDone(await job(input), input);
      } catch (error) {
        onError(error, input);
      }
    }
    running = false;
  };
  return (input) => {
    if (running) waiting = { input };
    else void run(input);
  };
}

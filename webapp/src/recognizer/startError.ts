/** Everything came and yet does not run: the worker's own script, or in it the network. Told apart by `name`. */
export class StartError extends Error {
  override readonly name = 'StartError';

  constructor(detail: string) {
    super(`The reader's program did not start${detail ? ` (${detail})` : ''}; load the page again.`);
  }
}

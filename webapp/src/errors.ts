/**
 * The errors that the page expects. `message` is one sentence for the user. Tell them apart by `name`: an error that comes
 * from a worker keeps its name but loses its class.
 */

/** A file of the site is missing, cut short or altered. The server will probably send the same again. */
export class LoadError extends Error {
  override readonly name: 'LoadError' | 'ConnectionError' = 'LoadError';
}

/** The server can't be reached, or can't answer now. Trying again later may help. */
export class ConnectionError extends LoadError {
  override readonly name = 'ConnectionError';
}

/** All files came, but the worker's script or the network in it does not run. */
export class StartError extends Error {
  override readonly name = 'StartError';

  constructor(detail: string) {
    super(`The reader's program did not start${detail ? ` (${detail})` : ''}; load the page again.`);
  }
}

/** The worker was loaded, then died or stopped answering. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';

  constructor() {
    super('The reader has stopped; try again, your drawing is kept.');
  }
}

/** A script that runs differs from the one that was built, so its readings can't be trusted. */
export class AlteredError extends Error {
  override readonly name = 'AlteredError';

  constructor() {
    super("The page's program was altered on its way, so it reads no more; load the page again.");
  }
}

/** A picture can't be read. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
}

const FORESEEN = ['LoadError', 'ConnectionError', 'StartError', 'StoppedError', 'AlteredError', 'PictureError'];

/** Whether the message of an error is a sentence for the user. */
export function isForeseen(error: unknown): boolean {
  return error instanceof Error && FORESEEN.includes(error.name);
}

/** Whether loading failed because of a file, so that the same worker can load again. */
export function isLoadError(error: unknown): error is Error {
  return error instanceof Error && ['LoadError', 'ConnectionError'].includes(error.name);
}

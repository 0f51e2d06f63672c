/**
 * The errors that the page expects. `message` is a sentence for developers; the page has its own for each `code`, in each
 * language (app/texts/sentenceFor.ts). An error from a worker keeps its name, code and values, but loses its class.
 */

/** What a sentence about an error may name. */
export type ErrorValues = Readonly<Record<string, number | string>>;

/** Why the reader can't load, start or go on. `no-part` is a part of it that only some users need. */
export type ReaderErrorCode =
  | 'unreachable'
  | 'busy'
  | 'missing'
  | 'damaged'
  | 'no-part'
  | 'no-workers'
  | 'not-started'
  | 'stopped'
  | 'altered';

/** Why nothing can be read on a picture. */
export type PictureErrorCode =
  | 'empty'
  | 'moved'
  | 'not-a-picture'
  | 'svg'
  | 'format'
  | 'damaged'
  | 'too-large'
  | 'memory'
  | 'not-loaded'
  | 'transparent'
  | 'blank'
  | 'no-digit';

class CodedError<Code extends string> extends Error {
  readonly code: Code;
  readonly values: ErrorValues;

  constructor(code: Code, message: string, values: ErrorValues = {}) {
    super(message);
    this.code = code;
    this.values = values;
  }
}

/** A file of the site is missing, cut short or altered. The server will probably send the same again. */
export class LoadError extends CodedError<ReaderErrorCode> {
  override readonly name: 'LoadError' | 'ConnectionError' = 'LoadError';
}

/** The server can't be reached, or can't answer now. Trying again later may help. */
export class ConnectionError extends LoadError {
  override readonly name = 'ConnectionError';
}

/** All files came, but the worker's script or the network in it does not run. */
export class StartError extends CodedError<ReaderErrorCode> {
  override readonly name = 'StartError';

  constructor(detail: string) {
    super('not-started', `The reader's program did not start${detail && ` (${detail})`}.`);
  }
}

/** The worker was loaded, then died or stopped answering. */
export class StoppedError extends CodedError<ReaderErrorCode> {
  override readonly name = 'StoppedError';

  constructor() {
    super('stopped', 'The reader has stopped.');
  }
}

/** A script that runs differs from the one that was built, so its readings can't be trusted. */
export class AlteredError extends CodedError<ReaderErrorCode> {
  override readonly name = 'AlteredError';

  constructor(url: string) {
    super('altered', `The script ${url} is not as it was built.`);
  }
}

/** A picture can't be read. */
export class PictureError extends CodedError<PictureErrorCode> {
  override readonly name = 'PictureError';
}

/** Whether loading failed because of a file, so that the same worker can load again. */
export function isLoadError(error: unknown): error is Error {
  return error instanceof Error && ['LoadError', 'ConnectionError'].includes(error.name);
}

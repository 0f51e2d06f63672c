/**
 * The errors that callers can expect. `message` is a sentence for developers; the page has its own for each `code`, in each
 * language (app/texts/sentenceFor.ts). An error from a worker comes with its class (recognizer/page/reviveErrors.ts).
 */

/** What a sentence about an error may name. */
export type ErrorValues = Readonly<Record<string, number | string>>;

/**
 * Why the reader can't load, start or go on. `no-part` is a part of it that only some users need; `other-version` is a site
 * with other files than this program's; `unfit` is a model that this program can't run.
 */
export type ReaderErrorCode =
  | 'unreachable'
  | 'busy'
  | 'missing'
  | 'damaged'
  | 'no-part'
  | 'other-version'
  | 'unfit'
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

/** A file of the site is missing, cut short, altered or does not fit. The server will probably send the same again. */
export class ModelLoadError extends CodedError<ReaderErrorCode> {
  override readonly name: 'ModelLoadError' | 'ConnectionError' = 'ModelLoadError';
}

/** The server can't be reached, or can't answer now. Trying again later may help. */
export class ConnectionError extends ModelLoadError {
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

/** An argument is not what the call takes. */
export class InvalidInputError extends CodedError<'invalid-input'> {
  override readonly name = 'InvalidInputError';
  /** What is wrong: a point, a pixel, an option. */
  readonly value: unknown;

  constructor(message: string, value: unknown) {
    super('invalid-input', message);
    this.value = value;
  }
}

/** The recognizer was disposed of, before the call or while it was pending. */
export class DisposedError extends CodedError<'disposed'> {
  override readonly name = 'DisposedError';

  constructor() {
    super('disposed', 'The recognizer was disposed of.');
  }
}

/** Whether loading failed because of a file, so that the same worker can load again. */
export function isLoadError(error: unknown): error is ModelLoadError {
  return error instanceof ModelLoadError && error.code !== 'unfit';
}

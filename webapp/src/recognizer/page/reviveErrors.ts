import { transferHandlers } from 'comlink';
import * as errors from '../../errors';

const CLASSES: Readonly<Record<string, { readonly prototype: Error } | undefined>> = {
  ModelLoadError: errors.ModelLoadError,
  ConnectionError: errors.ConnectionError,
  StartError: errors.StartError,
  PictureError: errors.PictureError,
};

/** Give errors that come from a worker their class again; comlink alone makes each an Error. */
export function reviveErrors(): void {
  const handler = transferHandlers.get('throw');
  if (!handler) return;
  handler.deserialize = ({ isError, value }: { isError: boolean; value: Error }) => {
    if (!isError) throw value;
    const error = Object.assign(new Error(value.message), value);
    throw Object.setPrototypeOf(error, CLASSES[error.name]?.prototype ?? Error.prototype);
  };
}

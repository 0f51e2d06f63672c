import { wrap } from 'comlink';
import { expect, test } from 'vitest';
import { ConnectionError, ModelLoadError, PictureError, StartError } from '../../../../webapp/src/errors';
import { reviveErrors } from '../../../../webapp/src/recognizer/page/reviveErrors';
import { exposeOnce } from '../../../../webapp/src/recognizer/worker/exposeOnce';
import { errors } from '../../madeErrors';

/** What a call to a worker throws that fails with `error`. */
async function throughWorker(error: unknown): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  exposeOnce({ fail: () => Promise.reject(error) }, port1 as never);
  port1.start();
  reviveErrors();
  const thrown = await wrap<{ fail(): Promise<void> }>(port2 as never)
    .fail()
    .catch((caught) => caught);
  port1.close();
  return thrown;
}

test.each([
  [errors.ModelLoadError, ModelLoadError],
  [errors.ConnectionError, ConnectionError],
  [errors.StartError, StartError],
  [errors.PictureError, PictureError],
])('$name is revived with its class', async (error, kind) => {
  const thrown = await throughWorker(error);
  const { name, code, values, message, stack } = error;
  expect(thrown).toBeInstanceOf(Error);
  expect(thrown).toBeInstanceOf(kind);
  expect(thrown).toMatchObject({ name, code, values, message, stack });
});

test('a ConnectionError is a ModelLoadError, and no other class fits by chance', async () => {
  expect(await throughWorker(errors.ConnectionError)).toBeInstanceOf(ModelLoadError);
  expect(await throughWorker(errors.StartError)).not.toBeInstanceOf(ModelLoadError);
});

test('what is no error of ours stays as it is', async () => {
  expect(await throughWorker(new DOMException('It was stopped.', 'AbortError'))).toMatchObject({ name: 'AbortError' });
  expect(await throughWorker('a text')).toBe('a text');
});

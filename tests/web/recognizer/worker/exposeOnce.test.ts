import { wrap } from 'comlink';
import { expect, test } from 'vitest';
import { exposeOnce } from '../../../../webapp/src/recognizer/worker/exposeOnce';
import { errors } from '../../madeErrors';

test('a worker answers once, also where its program runs twice', () => {
  const { port1 } = new MessageChannel();
  exposeOnce({}, port1);
  expect(() => exposeOnce({}, port1)).toThrow('The worker started twice.');
  port1.close();
});

test.each([...Object.values(errors), new RangeError('not foreseen')])('$name crosses whole', async (error) => {
  const { port1, port2 } = new MessageChannel();
  exposeOnce({ fail: () => Promise.reject(error) }, port1 as never);
  port1.start();
  const { name, message, stack } = error;
  const { code, values } = error as Partial<typeof errors.PictureError>;
  const call = wrap<{ fail(): Promise<void> }>(port2 as never).fail();
  await expect(call).rejects.toMatchObject({ name, message, stack, ...(code && { code, values }) });
  port1.close();
});

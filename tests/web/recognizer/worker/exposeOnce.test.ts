import { expect, test } from 'vitest';
import { exposeOnce } from '../../../../webapp/src/recognizer/worker/exposeOnce';

test('a worker that starts twice in one scope does not answer twice', () => {
  const scope = new MessageChannel().port1;
  exposeOnce({}, scope);
  expect(() => exposeOnce({}, scope)).toThrow('The worker started twice.');
  expect(() => exposeOnce({}, new MessageChannel().port1)).not.toThrow();
  scope.close();
});

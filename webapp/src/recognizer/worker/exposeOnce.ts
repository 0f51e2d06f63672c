import { type Endpoint, expose, transferHandlers } from 'comlink';
import type { ErrorValues } from '../../errors';

const EXPOSED = Symbol.for('digitpad.exposed');

/** An error on its way to the page, which assigns what `value` holds to the error that it throws there. */
interface SentError {
  readonly isError: boolean;
  readonly value: { code?: string; values?: ErrorValues };
}

/**
 * Answer the calls that come in at `endpoint`.
 *
 * @throws Error where something answers there already: each call would get two answers, and the faster one would count.
 */
export function exposeOnce(api: object, endpoint: Endpoint & { [EXPOSED]?: true } = globalThis as never): void {
  if (endpoint[EXPOSED]) throw new Error('The worker started twice.');
  endpoint[EXPOSED] = true;
  sendCodes();
  expose(api, endpoint);
}

/** Send the code and values of an error too; comlink alone sends name, message and stack. */
function sendCodes(): void {
  const handler = transferHandlers.get('throw');
  if (!handler) return;
  const { serialize } = handler;
  handler.serialize = (thrown) => {
    const [sent, transferred] = serialize(thrown) as [SentError, Transferable[]];
    if (sent.isError) {
      const { code, values } = (thrown as { value: Partial<SentError['value']> }).value;
      Object.assign(sent.value, { code, values });
    }
    return [sent, transferred];
  };
}

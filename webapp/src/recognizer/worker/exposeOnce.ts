import { type Endpoint, expose } from 'comlink';

const EXPOSED = Symbol.for('digitpad.exposed');

/**
 * Answer the calls that come in at `endpoint`.
 *
 * @throws Error where something answers there already: each call would get two answers, and the faster one would count.
 */
export function exposeOnce(api: object, endpoint: Endpoint & { [EXPOSED]?: true } = globalThis as never): void {
  if (endpoint[EXPOSED]) throw new Error('The worker started twice.');
  endpoint[EXPOSED] = true;
  expose(api, endpoint);
}

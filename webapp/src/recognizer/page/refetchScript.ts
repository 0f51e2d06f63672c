import { ConnectionError, ModelLoadError } from '../../errors';

/**
 * Fetch a script of the worker, and those that it imports, past the HTTP cache. The cache may hold a damaged one for ever,
 * because its name promises its content.
 *
 * @returns what is wrong with a script; null where all are there.
 */
export async function refetchScript(url: string): Promise<Error | null> {
  const answer = await fetch(url, { cache: 'reload', credentials: 'same-origin' }).catch(() => null);
  const script = (await answer?.text().catch(() => '')) ?? ''; // the cache keeps whole answers only
  if (answer === null || answer.status >= 500) {
    return new ConnectionError('unreachable', `The reader's program can't be reached: ${url}.`);
  }
  if (!answer.ok) {
    return new ModelLoadError(
      'missing',
      `The reader's program is missing on the server (answer ${answer.status}): ${url}.`,
    );
  }
  for (const [, path = ''] of script.matchAll(/(?:import|from)"(\.\/[^"]+)"/g)) {
    const problem = await refetchScript(new URL(path, answer.url).href);
    if (problem !== null) return problem;
  }
  return null;
}

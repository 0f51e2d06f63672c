import { ConnectionError, isLoadError, LoadError } from '../../errors';
import type { Recognizer, RecognizerOptions } from '../recognizer';
import workerUrl from '../worker/entry?worker&url';
import { WorkerSession } from './workerSession';

/**
 * Start a recognizer: fetch the model and the runtime, check them, warm up.
 *
 * @throws LoadError (by `name`) where a file is missing, cut short or altered; ConnectionError where the server can't be
 * reached; StartError where everything arrived but does not run.
 */
export async function createRecognizer(options: RecognizerOptions = {}): Promise<Recognizer> {
  const siteUrl = new URL((options.baseUrl ?? ownSite()).replace(/\/?$/, '/'), document.baseURI).href;
  let session: WorkerSession | null = null;
  let refetched = false;
  for (;;) {
    try {
      session ??= new WorkerSession(workerUrl);
      return await session.load(siteUrl, options.onProgress);
    } catch (error) {
      let reason = error as Error;
      // Where a file is at fault, the same worker goes on, with the files that have arrived.
      if (session && !isLoadError(reason)) {
        const { started } = session;
        session.dispose(reason);
        session = null;
        if (!started) {
          const problem = await refetchScript(workerUrl);
          if (problem === null && !refetched) {
            refetched = true;
            continue;
          }
          reason = problem ?? reason;
        }
      }
      if (!options.onTrouble) {
        session?.dispose(reason);
        throw reason;
      }
      await options.onTrouble(reason);
      refetched = false;
    }
  }
}

/**
 * Fetch a script of the worker, and those that it imports, past the HTTP cache. The cache may hold a damaged one for ever,
 * because its name promises its content.
 *
 * @returns what is wrong with a script; null where all are there.
 */
async function refetchScript(url: string): Promise<Error | null> {
  const answer = await fetch(url, { cache: 'reload', credentials: 'same-origin' }).catch(() => null);
  const script = (await answer?.text().catch(() => '')) ?? ''; // the cache keeps whole answers only
  if (answer === null || answer.status >= 500) {
    return new ConnectionError('unreachable', `The reader's program can't be reached: ${url}.`);
  }
  if (!answer.ok) {
    return new LoadError('missing', `The reader's program is missing on the server (answer ${answer.status}): ${url}.`);
  }
  for (const [, path = ''] of script.matchAll(/(?:import|from)"(\.\/[^"]+)"/g)) {
    const problem = await refetchScript(new URL(path, answer.url).href);
    if (problem !== null) return problem;
  }
  return null;
}

/** Modules of a built site lie one folder below its index.html; the development server serves sources. */
function ownSite(): string {
  return import.meta.env.DEV ? document.baseURI : new URL(/* @vite-ignore */ '..', import.meta.url).href;
}

import { ConnectionError, ModelLoadError } from '../../errors';
import type { Recognizer, RecognizerOptions } from '../recognizer';
import { refuse } from '../refuse';
import { fetchAhead } from './fetchAhead';
import { programFiles } from './programFiles';
import { SharedSession } from './sharedSession';

const sessions = new Map<string, SharedSession>(); // by the address of the site

/**
 * Start a recognizer: fetch the model, check it, warm up. Recognizers of one site share it, and the
 * worker.
 *
 * @throws InvalidInputError for wrong options; ModelLoadError where a file is missing, cut short, altered or does not fit;
 * ConnectionError where the server can't be reached; StartError where everything arrived but does not run.
 */
export async function createRecognizer(options: RecognizerOptions = {}): Promise<Recognizer> {
  const { baseUrl, onProgress, onTrouble } = options;
  for (const [name, value] of Object.entries({ onProgress, onTrouble })) {
    if (value !== undefined && typeof value !== 'function') refuse(`The option ${name}`, value, 'a function');
  }
  if (baseUrl !== undefined && !isFolder(baseUrl)) refuse('baseUrl', baseUrl, 'the address of a folder, https://…');
  const { worker, files, first } = programFiles(baseUrl);
  fetchAhead(first);
  const site = typeof files === 'string' ? files : worker;
  const session = sessions.get(site) ?? new SharedSession(files, worker, refetchScript);
  sessions.set(site, session);
  return session.open(options);
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

/** Whether a value is an address with a host. That of `localhost:5000` has none: it reads as one of a scheme `localhost`. */
function isFolder(value: unknown): boolean {
  try {
    return typeof value === 'string' && new URL(value, document.baseURI).host !== '';
  } catch {
    return false;
  }
}

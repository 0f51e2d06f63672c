import type { Recognizer, RecognizerOptions } from '../recognizer';
import { refuse } from '../refuse';
import { programFiles } from './programFiles';
import { SharedSession } from './sharedSession';

const sessions = new Map<string, SharedSession>(); // by the address of the site

/**
 * Start a recognizer: fetch the model, check it, warm up. Recognizers of one site share it, and the worker.
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
  const { worker, files } = programFiles(baseUrl);
  const site = typeof files === 'string' ? files : worker;
  const session = sessions.get(site) ?? new SharedSession(files, worker);
  sessions.set(site, session);
  return session.open(options);
}

/** Whether a value is an address with a host. That of `localhost:5000` has none: it reads as one of a scheme `localhost`. */
function isFolder(value: unknown): boolean {
  try {
    return typeof value === 'string' && new URL(value, document.baseURI).host !== '';
  } catch {
    return false;
  }
}

import { part } from './part';
import type { Recognizer, RecognizerOptions } from './recognizer';

/** Start a recognizer; see page/createRecognizer.ts. Its program is fetched when it is first needed. */
export async function createRecognizer(options: RecognizerOptions = {}): Promise<Recognizer> {
  const program = await part(import('.'));
  return program.createRecognizer(options);
}

import { fetchAhead } from './page/fetchAhead';
import type { Recognizer, RecognizerOptions } from './recognizer';

/** Start a recognizer; see page/createRecognizer.ts. Its program is fetched when it is first needed. */
export async function createRecognizer(options: RecognizerOptions = {}): Promise<Recognizer> {
  try {
    fetchAhead(options.baseUrl);
  } catch {
    // The program says what is wrong with the address.
  }
  const program = await import('.');
  return program.createRecognizer(options);
}

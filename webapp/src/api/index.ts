/**
 * What other pages can use. Importing it does nothing: no element is registered, nothing is fetched.
 */
export {
  AlteredError,
  ConnectionError,
  DisposedError,
  InvalidInputError,
  ModelLoadError,
  PictureError,
  StartError,
  StoppedError,
} from '../errors';
export { DigitPad as DigitPadElement } from '../pad';
export type { DigitReading, Reading } from '../reading';
export type { ImageReading, Recognizer, RecognizerOptions } from '../recognizer';
export { rasterizeInk } from './rasterizeInk';

import type { Recognizer, RecognizerOptions } from '../recognizer';

/** Start a recognizer; see recognizer/page/createRecognizer.ts. Its program is fetched when it is first needed. */
export async function createRecognizer(options: RecognizerOptions = {}): Promise<Recognizer> {
  const program = await import('../recognizer');
  return program.createRecognizer(options);
}

/**
 * What other pages can use. Importing it does nothing: no element is registered, nothing is fetched.
 */
export { DigitPadElement, type DigitPadEventMap, type ReadingDetail } from '../element';
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
export type { Ink } from '../ink';
export { type DrawnStroke, InkHistory, type Sheet } from '../pad';
export type { DigitReading, Reading } from '../reading';
export type * from '../recognizer/recognizer';
export { rasterizeInk } from './rasterizeInk';

import type { Recognizer, RecognizerOptions } from '../recognizer';

/** Start a recognizer; see recognizer/page/createRecognizer.ts. Its program is fetched when it is first needed. */
export async function createRecognizer(options: RecognizerOptions = {}): Promise<Recognizer> {
  const program = await import('../recognizer');
  return program.createRecognizer(options);
}

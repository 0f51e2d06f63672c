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
export { createRecognizer } from '../recognizer/lazy';
export type * from '../recognizer/recognizer';
export { rasterizeInk } from './rasterizeInk';

/**
 * What other pages can import from the stable address `api/digitpad.js` of every built site:
 *
 *     import { createRecognizer } from 'https://…/api/digitpad.js';
 *     const recognizer = await createRecognizer();
 *     const { text } = await recognizer.readInk([[[10, 10], [10, 90]]]);   // "1"
 */
export { rasterizeInk } from '../ink';
export type { DigitReading, Reading } from '../reading';
export { createRecognizer, type ImageReading, type Recognizer, type RecognizerOptions } from '../recognizer';

/**
 * The stable address `api/digitpad.js` of every built site. It registers `<digit-pad>`, and does nothing else until a pad
 * or a recognizer is needed:
 *
 *     import { createRecognizer } from 'https://…/api/digitpad.js';
 *     const recognizer = await createRecognizer();
 *     const { text } = await recognizer.readInk([[[10, 10], [10, 90]]]);   // "1"
 */
import './define';

export * from './index';

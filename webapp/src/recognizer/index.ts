export { createRecognizer, type Recognizer, type RecognizerOptions } from './createRecognizer';
export { newestOnly } from './newestOnly';
export type { BackendName, LoadProgress } from './protocol';

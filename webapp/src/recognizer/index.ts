export { createRecognizer, type Recognizer, type RecognizerOptions } from './createRecognizer';
export { newestOnly } from './newestOnly';
export type { BackendName, ImageReading, LoadProgress } from './protocol';

export { createRecognizer, type Recognizer, type RecognizerOptions } from './createRecognizer';
export { newestOnly } from './newestOnly';
export type { BackendName, Example, ImageReading, LearningChange, LoadProgress } from './protocol';

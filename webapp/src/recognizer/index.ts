export { createRecognizer } from './page/createRecognizer';
export { newestOnly } from './page/newestOnly';
export type { Recognizer, RecognizerOptions } from './page/recognizer';
export type { BackendName, Example, ImageReading, LearningChange, LoadProgress } from './protocol';

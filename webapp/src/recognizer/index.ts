export { createRecognizer, type Recognizer, type RecognizerOptions } from './page/createRecognizer';
export { newestOnly } from './page/newestOnly';
export type { BackendName, Example, ImageReading, LearningChange, LoadProgress } from './protocol';

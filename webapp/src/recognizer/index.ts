export { createRecognizer } from './page/createRecognizer';
export { newestOnly } from './page/newestOnly';
export type * from './recognizer';

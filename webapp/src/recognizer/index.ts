export { createRecognizer } from './page/createRecognizer';
export type * from './recognizer';

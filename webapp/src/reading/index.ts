export { explainUnsure } from './explainUnsure';
export { readDigit } from './readDigit';
export { type DigitReading, NOTHING_READ, type Reading } from './reading';

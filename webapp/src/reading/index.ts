export { bestPath } from './bestPath';
export { explainUnsure } from './explainUnsure';
export { readDigit } from './readDigit';
export { type DigitReading, joinReadings, NOTHING_READ, type Reading } from './reading';
export { scoreGeometry, scoreNetwork } from './scoreCandidate';

export { type Correction, newId, roundInk } from './correction';
export { type BookChange, CorrectionBook } from './correctionBook';
export { CorrectionsFileError, LARGEST_FILE, readCorrections, writeCorrections } from './correctionsFile';
export type { Validation } from './crossValidate';

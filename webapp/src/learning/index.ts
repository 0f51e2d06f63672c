export { type Correction, storable, storableInk } from './correction';
export { type BookChange, CorrectionBook, type WhyNotKept } from './correctionBook';
export {
  CorrectionsFileError,
  type FileProblem,
  LARGEST_FILE,
  MOST_CORRECTIONS,
  readCorrections,
  writeCorrections,
} from './correctionsFile';
export type { Validation } from './crossValidate';
export { newId } from './newId';

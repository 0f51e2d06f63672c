export { type Classify, classifyImages, joinImages } from './classifyImages';
export { DOUBTFUL, inDoubt } from './doubt';
export { explainDoubt, explainUnsure } from './explainUnsure';
export { readDigit } from './readDigit';
export { type DigitReading, joinReadings, NOTHING_READ, type Reading } from './reading';

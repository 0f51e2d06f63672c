export { type Classify, classifyImages, joinImages } from './classifyImages';
export { DOUBTFUL, inDoubt } from './doubt';
export { inkOfDigit } from './inkOfDigit';
export { doubtfulDigits, likelyDigits } from './likelyDigits';
export { readDigit } from './readDigit';
export { type DigitReading, NOTHING_READ, type Reading } from './reading';

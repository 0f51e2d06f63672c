export { DigitPadElement, type DigitPadEventMap, type ReadingDetail } from './digitPadElement';

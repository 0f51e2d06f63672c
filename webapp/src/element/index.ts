export { DigitPadElement } from './digitPadElement';
export type { DigitPadEventMap, ReadingDetail } from './padEvents';

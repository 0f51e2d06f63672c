export { DigitPad, SMALLEST_SHAPE } from './digitPad';

export { DigitPad, SMALLEST_SHAPE } from './digitPad';
export { paintInk } from './paintInk';

export { DigitPad, SMALLEST_SHAPE } from './digitPad';
export { type PaintInk, paintInk } from './paintInk';

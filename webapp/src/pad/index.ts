export { DigitPad } from './digitPad';
export { type DrawnStroke, InkHistory, type Sheet } from './inkHistory';
export { SMALLEST_SHAPE } from './padView';
export { paintInk } from './paintInk';

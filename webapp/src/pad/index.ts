export { type DrawnStroke, InkHistory, type Sheet, sheetOf } from './inkHistory';
export { InkPad } from './inkPad';
export { SMALLEST_SHAPE } from './padView';

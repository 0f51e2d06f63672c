export { DigitPad } from './digitPad';

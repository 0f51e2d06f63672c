import type { Ink } from '../ink';
import type { DigitReading } from './reading';

/** The ink of one digit alone, of the ink that was read. */
export function inkOfDigit(digit: DigitReading, ink: Ink): Ink {
  return digit.ink ?? digit.strokes?.flatMap((stroke) => ink.slice(stroke, stroke + 1)) ?? ink;
}

import type { DigitReading } from './reading';

/**
 * A reading that is not surer gets a second look: whether it is several digits, and which other digit it may be. One real
 * digit in 200 is read so; fewer are not named at all. Twin of DOUBTFUL in training's refusal.py.
 */
export const DOUBTFUL = 0.8;

/** Whether one of the digits is read in doubt. */
export function inDoubt(digits: readonly Pick<DigitReading, 'confidence'>[]): boolean {
  return digits.some(({ confidence }) => confidence <= DOUBTFUL);
}

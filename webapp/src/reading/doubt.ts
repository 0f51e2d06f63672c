import type { DigitReading } from './reading';

/**
 * A reading that is no surer is worth a second look: whether it is several digits, and which other one it may be. One real
 * digit in 200 is read so, and fewer are not named at all. Twin of DOUBTFUL in training/network/refusal.py.
 */
export const DOUBTFUL = 0.8;

/** Whether one of the digits is read in doubt. */
export function inDoubt(digits: readonly Pick<DigitReading, 'confidence'>[]): boolean {
  return digits.some(({ confidence }) => confidence <= DOUBTFUL);
}

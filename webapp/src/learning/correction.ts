import type { Ink } from '../ink';

/** What a user says that a drawing or a picture of one digit is. */
export interface Correction {
  /** Unique, and in the order of time; see newId. */
  readonly id: string;
  /** 0 to 9; null for no digit. */
  readonly label: number | null;
  /** Whether it was read as something else, or the user confirms the reading. */
  readonly kind: 'correction' | 'confirmation';
  /** In pad units (the pad is 1 wide and 1 high, y down), to four decimals; for a drawing. */
  readonly ink?: Ink;
  /** 784 levels of ink, 0 to 255, row by row; for a picture. */
  readonly pixels?: readonly number[];
  /** Version of the model that had read it. */
  readonly model: string;
  /** When, in milliseconds since 1970. */
  readonly time: number;
}

/** Decimals of a stored point: a hundredth of a pixel, and short to write. */
const PRECISION = 10_000;

/** Ink as it is kept: what is learnt from here is what an exported file holds. */
export function roundInk(ink: Ink): Ink {
  const round = (number: number) => Math.round(number * PRECISION) / PRECISION;
  return ink.map((stroke) => stroke.map(([x, y]) => [round(x), round(y)] as const));
}

/** A new id: the time, so that ids sort as they were made, then chance, so that no two devices make the same. */
export function newId(time: number): string {
  const [one, other] = crypto.getRandomValues(new Uint32Array(2));
  const chance = [one, other].map((number) => (number as number).toString(36).padStart(7, '0')).join('');
  return `${time.toString(36).padStart(9, '0')}-${chance}`;
}

import type { Ink } from '../ink';

/** A user's label for a drawing or a picture of one digit. */
export interface Correction {
  /** Unique, and sorted by time; see newId. */
  readonly id: string;
  /** 0 to 9; null for no digit. */
  readonly label: number | null;
  /** Whether the label corrects the reading or confirms it. */
  readonly kind: 'correction' | 'confirmation';
  /** In pad units (400 CSS pixels, y down), to four decimals; for a drawing. Only its shape matters. */
  readonly ink?: Ink;
  /** 784 levels of ink, 0 to 255, row by row; for a picture. */
  readonly pixels?: readonly number[];
  /** Version of the model that read it. */
  readonly model: string;
  /** When, in milliseconds since 1970. */
  readonly time: number;
}

/** Points are stored in units of 1/10,000 of a pad unit: a twenty-fifth of a CSS pixel. */
const PRECISION = 10_000;

/** Round ink before it is learnt from, so that an exported file holds exactly the same ink. */
export function roundInk(ink: Ink): Ink {
  const round = (number: number) => Math.round(number * PRECISION) / PRECISION;
  return ink.map((stroke) => stroke.map(([x, y]) => [round(x), round(y)] as const));
}

/** Make an id: the time, so that ids sort by age, then random digits, so that two devices never make the same id. */
export function newId(time: number): string {
  const [one, other] = crypto.getRandomValues(new Uint32Array(2));
  const chance = [one, other].map((number) => (number as number).toString(36).padStart(7, '0')).join('');
  return `${time.toString(36).padStart(9, '0')}-${chance}`;
}

import type { Ink } from '../ink';
import { thinInk } from './thinInk';

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

// What is stored of one drawing: with these, as many corrections as a file holds fit into a file of the largest size.
const KEPT_STROKES = 100;
const KEPT_POINTS = 200;

// What a file may hold.
export const MAX_COORDINATE = 100; // pad units
export const MAX_TIME = 4_102_444_800_000; // the year 2100

/**
 * Round ink and thin it to what is stored, before it is learnt from, so that an exported file holds exactly the same ink.
 * The shape of a digit changes by less than a tenth of a pixel of 28.
 */
export function storableInk(ink: Ink): Ink {
  const round = (number: number) =>
    Math.round(Math.min(Math.max(number, -MAX_COORDINATE), MAX_COORDINATE) * PRECISION) / PRECISION;
  return thinInk(ink, KEPT_STROKES, KEPT_POINTS).map((stroke) => stroke.map(([x, y]) => [round(x), round(y)] as const));
}

/** Make a correction such that a file may hold it, whatever the clock says and an older version of the page has stored. */
export function storable(correction: Correction): Correction {
  const time = Math.min(Math.max(Math.round(correction.time), 0), MAX_TIME);
  const { ink, ...others } = correction;
  return { ...others, time, ...(ink && { ink: storableInk(ink) }) };
}

import { readFileSync } from 'node:fs';
import type { Ink } from '../../webapp/src/ink';

/** Ink with the pixels that Python draws of it, as rows of hexadecimal levels; `digit` is null for what is not a digit. */
export interface GoldenInk {
  readonly name: string;
  readonly digit: number | null;
  readonly strokes: Ink;
  readonly rows: readonly string[];
}

/** The golden ink that Python and the page share. */
export const GOLDEN_INK: readonly GoldenInk[] = JSON.parse(
  readFileSync(new URL('../golden/ink.json', import.meta.url), 'utf8'),
);

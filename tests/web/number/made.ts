import { readFileSync } from 'node:fs';
import { type Ink, inkBounds, type Point, type Stroke } from '../../../webapp/src/ink';

const cases: { digit: number | null; strokes: Ink }[] = JSON.parse(
  readFileSync(new URL('../../golden/ink.json', import.meta.url), 'utf8'),
);

/** The golden digits' strokes. */
export const DIGITS = Array.from(
  { length: 10 },
  (_, digit) => cases.find((one) => one.digit === digit)?.strokes as Ink,
);

/** Ink of strokes that are written as points: `drawn('0,0 10,5')`. */
export function drawn(...strokes: string[]): Ink {
  return strokes.map((stroke) => stroke.split(' ').map((point) => point.split(',').map(Number) as unknown as Point));
}

/** A 7 with a bar, which is its last stroke. */
export const BARRED_SEVEN: Ink = [...(DIGITS[7] as Ink), ...drawn('38,80 60,78 88,77')];

/** Move ink to the right and down. */
export function moved(ink: Ink, x: number, y = 0): Ink {
  return ink.map((stroke): Stroke => stroke.map(([px, py]) => [px + x, py + y]));
}

/** Digits in a row, each `gap` behind the one before, in units of the golden digits, which are about 140 high. */
export function inARow(digits: readonly Ink[], gap = 35): Ink[] {
  let right = 0;
  return digits.map((digit) => {
    const box = inkBounds(digit) as { x: number; width: number };
    const placed = moved(digit, right - box.x);
    right += box.width + gap;
    return placed;
  });
}

/** A number whose digits of one stroke each are drawn without lifting the pen; `ends`: the points between which it goes on. */
export function joined(text: string, gap = 35): { stroke: Stroke; ends: [last: number, first: number][] } {
  const digits = inARow([...text].map((digit) => [DIGITS[Number(digit)]?.[0] as Stroke]), gap); // biome-ignore format: one line
  const stroke: Point[] = [];
  const ends: [number, number][] = [];
  for (const [points] of digits as [Stroke][]) {
    const from = stroke.at(-1);
    const [toX, toY] = points[0] as Point;
    const last = stroke.length - 1;
    for (let t = 0.1; from && t < 0.95; t += 0.1)
      stroke.push([from[0] + t * (toX - from[0]), from[1] + t * (toY - from[1])]);
    if (from) ends.push([last, stroke.length]);
    stroke.push(...points);
  }
  return { stroke, ends };
}

/** The ink of a number. */
export const written = (text: string, gap?: number): Ink =>
  inARow(
    [...text].map((digit) => DIGITS[Number(digit)] as Ink),
    gap,
  ).flat();

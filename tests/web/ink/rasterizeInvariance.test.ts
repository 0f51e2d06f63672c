import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Ink, type Point, rasterizeInk, type Stroke } from '../../../webapp/src/ink';

interface Case {
  readonly digit: number | null;
  readonly strokes: Ink;
}

const golden = new URL('../../golden/ink.json', import.meta.url);
const digits = (JSON.parse(readFileSync(golden, 'utf8')) as readonly Case[]).filter(({ digit }) => digit !== null);

/** One level of 255: where a distance lies on the edge between two, the last bit of a coordinate decides. */
const ONE_LEVEL = 1.01 / 255;

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function largestDifference(one: Ink, other: Ink): number {
  const pixels = rasterizeInk(other);
  return Math.max(...rasterizeInk(one).map((pixel, i) => Math.abs(pixel - (pixels[i] as number))));
}

const moved = (ink: Ink, scale: number, x: number, y: number): Ink =>
  ink.map((stroke) => stroke.map(([px, py]) => [px * scale + x, py * scale + y]));

/** The same lines with points added between each two: a slow hand, or a screen that reports often. */
function slower(stroke: Stroke, random: () => number): Stroke {
  return stroke.flatMap((point, i): Point[] => {
    const before = stroke[i - 1];
    if (before === undefined) return [point];
    const between = Array.from({ length: Math.floor(random() * 12) }, random).sort((one, other) => one - other);
    const on = (t: number): Point => [before[0] + t * (point[0] - before[0]), before[1] + t * (point[1] - before[1])];
    return [...between.map(on), point];
  });
}

const wholePixels = (stroke: Stroke): Stroke => stroke.map(([x, y]) => [Math.round(x), Math.round(y)]);

/** How far rounding moves a point, in the screen's pixels; a change of a pixel is smaller, for the ink is made smaller. */
const HALF_A_DIAGONAL = Math.SQRT1_2;

describe.each(digits)('the pixels of a $digit', ({ strokes }) => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('are the same anywhere and at any size (seed %d)', (seed) => {
    const random = randomNumbers(seed);
    const scale = 10 ** (4 * random() - 2);
    const other = moved(strokes, scale, 1000 * (random() - 0.5), 1000 * (random() - 0.5));
    expect(largestDifference(strokes, other)).toBeLessThanOrEqual(ONE_LEVEL);
  });

  test.each([1, 2, 3, 4])('are the same with many points as with few on the same lines (seed %d)', (seed) => {
    const random = randomNumbers(seed);
    const other = strokes.map((stroke) => slower(stroke, random));
    expect(largestDifference(strokes, other)).toBeLessThanOrEqual(ONE_LEVEL);
  });

  test.each([1, 1.5, 2, 3])('are nearly the same where a screen of density %d rounds 28 pixels of ink', (density) => {
    const small = moved(strokes, 28 / 137, 3.3, 4.7);
    const rounded = moved(moved(small, density, 0, 0).map(wholePixels), 1 / density, 0, 0);
    expect(largestDifference(strokes, rounded)).toBeLessThanOrEqual(HALF_A_DIAGONAL / density);
  });
});

import { expect, test } from 'vitest';
import { findLongLines } from '../../../../webapp/src/bitmap/lines/longLines';
import { traceLines } from '../../../../webapp/src/bitmap/lines/traceLines';
import { transpose } from '../../../../webapp/src/bitmap/plane';

const [WIDTH, HEIGHT] = [460, 140];
const THRESHOLDS = { background: 0, noise: 1, lowThreshold: 40, highThreshold: 60 };

/** The long lines of a picture whose lines are no thicker than `reach`. */
function longLines(isInk: (x: number, y: number) => boolean, reach: number) {
  const data = Int16Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    isInk(i % WIDTH, Math.floor(i / WIDTH)) ? 180 : 0,
  );
  const levels = { width: WIDTH, height: HEIGHT, data };
  const traced = [...traceLines(levels, true, reach, 10, 0), ...traceLines(transpose(levels), false, reach, 10, 0)];
  return findLongLines(traced, levels, THRESHOLDS, reach);
}

const bar = (x: number, y: number, from: number, to: number, at: number, thick: number) =>
  x > from && x < to && Math.abs(y - at) < thick / 2;
const post = (x: number, y: number, at: number, from: number, to: number) => Math.abs(x - at) < 9 && y > from && y < to;

test('the thick bars of one digit are no lines', () => {
  const upper = (x: number, y: number) => bar(x, y, 100, 200, 32, 17) || post(x, y, 191, 24, 90);
  const lower = (x: number, y: number) => bar(x, y, 120, 266, 84, 14) || post(x, y, 130, 78, 126);
  expect(longLines((x, y) => upper(x, y) || lower(x, y), 22)).toEqual([]);
});

test('a thin line below digits is one', () => {
  const digits = (x: number, y: number) => [100, 200, 300].some((at) => post(x, y, at, 40, 90));
  expect(longLines((x, y) => digits(x, y) || bar(x, y, 20, 440, 110, 4), 22)).toHaveLength(1);
});

import { expect, test } from 'vitest';
import { liesOn } from '../../../../webapp/src/bitmap/lines/lineGeometry';
import type { TracedLine } from '../../../../webapp/src/bitmap/lines/traceLines';

const line = (from: number, to: number, place: number, slope = 0, upright = false): TracedLine => {
  const places = Float32Array.from({ length: to - from + 1 }, (_, i) => place + slope * i);
  return { upright, from, to, places, thickness: 3, level: 90, mass: 270 };
};

test.each([
  ['the same place', line(10, 90, 51), true],
  ['beside it', line(10, 90, 53), false],
  ['askew', line(10, 90, 50, 0.05), false],
  ['longer', line(10, 101, 50), false],
  ['the other way', line(10, 90, 50, 0, true), false],
])('a line lies on another: %s', (_, one, expected) => {
  expect(liesOn(one, line(0, 100, 50))).toBe(expected);
});

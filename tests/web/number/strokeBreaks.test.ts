import { expect, test, vi } from 'vitest';
import type { Stroke } from '../../../webapp/src/ink';
import { strokeBreaks } from '../../../webapp/src/number/strokeBreaks';
import { DIGITS, joined } from './made';

const extentOf = (stroke: Stroke, from: number, to: number) => {
  const xs = stroke.slice(from, to + 1).map(([x]) => x);
  return [Math.min(...xs), Math.max(...xs)] as [number, number];
};

test.each(['20', '00', '35', '620'])('a stroke that draws %s may be cut between any two of its digits', (text) => {
  const { stroke, ends } = joined(text);
  const breaks = strokeBreaks(stroke, 140);
  for (const [last, first] of ends) expect(breaks.some((at) => at >= last && at <= first)).toBe(true);
});

test('what comes before a break lies left of what follows', () => {
  const { stroke } = joined('00');
  for (const at of strokeBreaks(stroke, 140)) {
    const [, right] = extentOf(stroke, 0, at);
    const [left] = extentOf(stroke, at, stroke.length - 1);
    expect(right - left).toBeLessThan(0.9 * 140);
  }
});

test.each([0, 3, 6, 8])('a %d alone has nowhere to be cut', (digit) => {
  expect(strokeBreaks(DIGITS[digit]?.[0] as Stroke, 140)).toEqual([]);
});

test('a dot, a dash and a scribble are not cut', () => {
  expect(strokeBreaks([[0, 0]], 140)).toEqual([]);
  expect(strokeBreaks([[0, 0], [50, 1], [100, 0]], 140)).toEqual([]); // biome-ignore format: points
  const saw = Array.from({ length: 200 }, (_, i): [number, number] => [4 * i, i % 2 ? 140 : 0]);
  expect(strokeBreaks(saw, 140)).toEqual([]);
});

/** How many lengths between points are compared for a zigzag of so many points, each of them a corner. */
function comparedFor(points: number): number {
  const saw = Array.from({ length: points }, (_, i): [number, number] => [4 * i, i % 2 ? 140 : 0]);
  const compared = vi.spyOn(Math, 'abs');
  try {
    strokeBreaks(saw, 140);
    return compared.mock.calls.length;
  } finally {
    compared.mockRestore();
  }
}

test('a long zigzag takes no more for each of its points than a short one', () => {
  const [short, long] = [comparedFor(500), comparedFor(2000)];
  expect(short).toBeGreaterThan(0);
  expect(long).toBeLessThanOrEqual(4 * short);
});

test('a stroke of very many points is not too much for the stack', () => {
  const line = Array.from({ length: 300_000 }, (_, i): [number, number] => [i, i % 1000 < 500 ? 0 : 140]);
  expect(strokeBreaks(line, 140)).toEqual([]);
});

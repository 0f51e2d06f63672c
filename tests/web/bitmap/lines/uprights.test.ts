import { expect, test } from 'vitest';
import type { TracedLine } from '../../../../webapp/src/bitmap/lines/traceLines';
import { findUprights } from '../../../../webapp/src/bitmap/lines/uprights';

const [WIDTH, HEIGHT] = [300, 100];

function railAt(y: number): TracedLine {
  const places = new Float32Array(WIDTH).fill(y);
  return { upright: false, from: 0, to: WIDTH - 1, places, thickness: 1, level: 80, mass: 80 };
}

/** What is found where `isDark` between rows 20 and 80. */
function foundWhere(isDark: (x: number, y: number) => boolean) {
  const data = Int16Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
    return y === 20 || y === 80 || (y > 20 && y < 80 && isDark(x, y)) ? 80 : 0;
  });
  return findUprights(railAt(20), railAt(80), 0, WIDTH - 1, { width: WIDTH, height: HEIGHT, data }, 0);
}

test('uprights that lean are found where they are, and how much they lean', () => {
  const found = foundWhere((x, y) => Math.round(x - 0.1 * (y - 50)) % 50 === 25);
  expect(found.map(({ x }) => Math.round(x))).toEqual([25, 75, 125, 175, 225, 275]);
  for (const { slope, isSure } of found) {
    expect(slope).toBeCloseTo(0.1, 1);
    expect(isSure).toBe(true);
  }
});

test('beside sure ones, one that shows in half of its length is found, a short stroke is not', () => {
  const found = foundWhere((x, y) => x % 40 === 20 && (x !== 60 || y > 50) && (x !== 140 || y > 70));
  const sides = found.map(({ x, isSure }) => [Math.round(x), isSure]);
  expect(sides.filter(([, isSure]) => isSure).map(([x]) => x)).toEqual([20, 100, 180, 220, 260]);
  expect(sides.filter(([, isSure]) => !isSure).length).toBe(1);
});

test('where too few are sure for a row, nothing is found', () => {
  expect(foundWhere((x, y) => x % 70 === 30 && (x !== 100 || y > 50))).toEqual([]);
});

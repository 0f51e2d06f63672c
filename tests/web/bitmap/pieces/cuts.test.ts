import { expect, test } from 'vitest';
import { between, proposeCuts } from '../../../../webapp/src/bitmap/pieces/cuts';
import { soft } from '../made';

test('a cut goes through the waist between two that touch', () => {
  const pair = soft(
    100,
    60,
    (x, y) => Math.hypot(x - 25, y - 30) < 24 || Math.hypot(x - 75, y - 30) < 24 || (y === 30 && x > 20 && x < 80),
  );
  const cuts = proposeCuts(pair);
  expect(cuts.some((cut) => Array.from(cut).every((x) => x >= 46 && x <= 60))).toBe(true);
  const half = between(pair, null, cuts.find((cut) => (cut[30] as number) > 40 && (cut[30] as number) < 60) ?? null);
  expect(half.data.reduce((a, b) => a + b, 0)).toBeCloseTo(pair.data.reduce((a, b) => a + b, 0) / 2, -2);
});

test('digits that lean and touch are cut along their slant', () => {
  const leaning = (x: number, y: number, foot: number) => Math.abs(x - foot + 0.6 * (y - 59)) < 4;
  const inside = (x: number, y: number) => leaning(x, y, 20) || leaning(x, y, 40) || (y === 30 && x > 37 && x < 57);
  const pair = soft(90, 60, inside);
  const left = pair.data.reduce((sum, level, i) => sum + (leaning(i % 90, Math.floor(i / 90), 20) ? level : 0), 0);
  const parts = proposeCuts(pair).map((cut) => between(pair, null, cut).data.reduce((sum, level) => sum + level, 0));
  expect(Math.min(...parts.map((part) => Math.abs(part - left)))).toBeLessThan(0.05 * left);
});

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

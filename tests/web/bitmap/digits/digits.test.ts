import { expect, test } from 'vitest';
import { distances } from '../../../../webapp/src/bitmap/digits/distances';
import { resample } from '../../../../webapp/src/bitmap/digits/resample';
import { adjustStrokes, strokeWidth } from '../../../../webapp/src/bitmap/digits/strokeWidth';
import { toDigit } from '../../../../webapp/src/bitmap/digits/toDigit';
import { onRing, soft } from '../made';

test('distances are those of Euclid', () => {
  const mask = new Uint8Array(20 * 15);
  for (const i of [17, 130, 299]) mask[i] = 1;
  const found = distances(mask, 20, 15);
  for (const [i, distance] of found.entries()) {
    const away = [17, 130, 299].map((j) => Math.hypot((i % 20) - (j % 20), Math.floor(i / 20) - Math.floor(j / 20)));
    expect(distance).toBeCloseTo(Math.min(...away), 9);
  }
  expect(distances(new Uint8Array(4), 2, 2)[0]).toBe(Infinity);
});

test('resampling keeps what is even, and the sum of what is not', () => {
  const even = resample({ width: 7, height: 9, data: new Float64Array(63).fill(0.5) }, 20, 5);
  for (const level of even.data) expect(level).toBeCloseTo(0.5, 9);
  const ring = soft(80, 80, (x, y) => onRing(x, y, 40, 40, 70, 12));
  const small = resample(ring, 20, 20);
  const sum = (data: Float64Array) => data.reduce((a, b) => a + b, 0);
  expect(sum(small.data) * 16).toBeCloseTo(sum(ring.data), -2);
});

test('the width of strokes is measured, and brought between bounds', () => {
  for (const width of [3, 6, 12]) {
    expect(strokeWidth(soft(120, 120, (x, y) => onRing(x, y, 60, 60, 100, width)))).toBeGreaterThan(0.6 * width);
  }
  const fine = adjustStrokes(
    soft(120, 120, (x) => x === 60),
    120,
  );
  expect(strokeWidth(fine)).toBeGreaterThan(8);
  const fit = soft(120, 120, (x) => Math.abs(x - 60) < 8);
  expect(adjustStrokes(fit, 120)).toBe(fit);
  const brush = adjustStrokes(
    soft(120, 120, (x) => Math.abs(x - 60) < 40),
    120,
  );
  expect(strokeWidth(brush)).toBeLessThan(40);
});

test('ink fills the box of 20, and its mass is in the middle', () => {
  const digit = toDigit(
    soft(60, 100, (x, y) => x > 5 && x < 55 && y > 10 && y < 95 && (x < 20 || y > 80)),
    0,
  );
  let mass = 0;
  let [x, y] = [0, 0];
  const rows = new Set<number>();
  for (const [i, level] of digit.entries()) {
    mass += level;
    x += level * ((i % 28) + 0.5);
    y += level * (Math.floor(i / 28) + 0.5);
    if (level > 0.3) rows.add(Math.floor(i / 28));
  }
  expect(Math.abs(x / mass - 14)).toBeLessThan(0.6);
  expect(Math.abs(y / mass - 14)).toBeLessThan(0.6);
  expect(rows.size).toBe(20);
  expect(Math.max(...digit)).toBe(1);
});

test('digits of a line that runs askew are turned upright', () => {
  const bar = soft(120, 120, (x, y) => Math.abs((x - 60) * 0.98 - (60 - y) * 0.2) < 6 && Math.abs(y - 60) < 50);
  const wide = (image: Float32Array) =>
    new Set(
      Array.from(image.keys())
        .filter((i) => (image[i] as number) > 0.5)
        .map((i) => i % 28),
    ).size;
  expect(wide(toDigit(bar, -0.2))).toBeGreaterThan(wide(toDigit(bar, 0.2)));
});

import { expect, test } from 'vitest';
import { resample } from '../../../../webapp/src/bitmap/digits/resample';
import { adjustStrokes, strokeWidth } from '../../../../webapp/src/bitmap/digits/strokeWidth';
import { toDigit } from '../../../../webapp/src/bitmap/digits/toDigit';
import { onRing, soft } from '../made';

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
  const bar = (half: number) => soft(120, 120, (x) => Math.abs(x - 60) < half);
  expect(strokeWidth(adjustStrokes(bar(1), 120))).toBeGreaterThan(8);
  const fit = bar(8);
  expect(adjustStrokes(fit, 120)).toBe(fit);
  expect(strokeWidth(adjustStrokes(bar(40), 120))).toBeLessThan(40);
});

test('ink fills the box of 20, and its mass is in the middle', () => {
  const ink = soft(60, 100, (x, y) => x > 5 && x < 55 && y > 10 && y < 95 && (x < 20 || y > 80));
  const digit = toDigit(ink, 0);
  let mass = 0;
  let [x, y] = [0, 0];
  const rows = new Set<number>();
  for (const [i, level] of digit.entries()) {
    mass += level;
    x += level * ((i % 28) + 0.5);
    y += level * (Math.floor(i / 28) + 0.5);
    if (level > 0.3) rows.add(Math.floor(i / 28));
  }
  // As in MNIST: from the middle to the next pixel.
  for (const centre of [x / mass, y / mass]) {
    expect(centre).toBeGreaterThan(13.95);
    expect(centre).toBeLessThan(15.05);
  }
  expect(rows.size).toBe(20);
  expect(Math.max(...digit)).toBe(1);
});

test('full ink stays full where the filter overshoots', () => {
  const corner = toDigit(
    soft(100, 100, (x, y) => x < 40 || y > 60),
    0,
  );
  expect([...corner].filter((level) => level === 1).length).toBeGreaterThan(50);
});

test('the place in the 28×28 is from the middle to the next pixel, wherever the mass is', () => {
  for (let foot = 10; foot < 60; foot += 7) {
    const digit = toDigit(
      soft(60, 90, (x, y) => x < 12 || y > 90 - foot),
      0,
    );
    const mass = digit.reduce((sum, level) => sum + level, 0);
    const x = digit.reduce((sum, level, i) => sum + level * ((i % 28) + 0.5), 0) / mass;
    expect(x).toBeGreaterThan(13.95);
    expect(x).toBeLessThan(15.05);
  }
});

test('digits of a line that runs askew are turned upright', () => {
  const bar = soft(120, 120, (x, y) => Math.abs((x - 60) * 0.98 - (60 - y) * 0.2) < 6 && Math.abs(y - 60) < 50);
  const wide = (image: Float32Array) =>
    new Set([...image.entries()].filter(([, level]) => level > 0.5).map(([i]) => i % 28)).size;
  expect(wide(toDigit(bar, -0.2))).toBeGreaterThan(wide(toDigit(bar, 0.2)));
});

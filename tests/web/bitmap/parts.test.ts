import { expect, test } from 'vitest';
import { distances } from '../../../webapp/src/bitmap/digits/distances';
import { resample } from '../../../webapp/src/bitmap/digits/resample';
import { adjustStrokes, strokeWidth } from '../../../webapp/src/bitmap/digits/strokeWidth';
import { toDigit } from '../../../webapp/src/bitmap/digits/toDigit';
import { isLightOnDark } from '../../../webapp/src/bitmap/paper/polarity';
import { findComponents } from '../../../webapp/src/bitmap/pieces/components';
import { between, proposeCuts } from '../../../webapp/src/bitmap/pieces/cuts';
import { grey, levels, onRing } from './made';

const soft = (width: number, height: number, inside: (x: number, y: number) => boolean) => ({
  width,
  height,
  data: Float64Array.from({ length: width * height }, (_, i) => (inside(i % width, Math.floor(i / width)) ? 1 : 0)),
});

test('components hang together by edges and corners, and have a box', () => {
  const { labels, components } = findComponents(levels('#  +', ' #  ', '#  #', '   #'), 50, 150);
  expect(components.map(({ x, y, width, height, area }) => [x, y, width, height, area])).toEqual([
    [0, 0, 2, 3, 3],
    [3, 2, 1, 2, 2],
  ]);
  expect(Array.from(labels.data)).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 2, 0, 0, 0, 2]);
});

test('branches that meet further down are one component', () => {
  const { components } = findComponents(levels('# # #', '# # #', '#####'), 50, 150);
  expect(components).toHaveLength(1);
  expect(components[0]).toMatchObject({ x: 0, y: 0, width: 5, height: 3, area: 11 });
});

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

test('ink is told from paper though the light is uneven', () => {
  const light = (x: number) => 250 - x;
  expect(isLightOnDark(grey(150, 80, (x, y) => (onRing(x, y, 75, 40, 60, 8) ? 20 : light(x))))).toBe(false);
  expect(isLightOnDark(grey(150, 80, (x, y) => (onRing(x, y, 75, 40, 60, 8) ? 250 : 170 - x)))).toBe(true);
});

import { expect, test } from 'vitest';
import { smoothed } from '../../../../webapp/src/bitmap/lines/smoothed';

test('a line that slopes stays as it is', () => {
  const places = Float32Array.from({ length: 200 }, (_, k) => 50 + k / 64);
  for (const [k, place] of smoothed(places).entries()) expect(place).toBeCloseTo(places[k] as number, 4);
});

test('a stroke does not lead a line aside', () => {
  const places = Float32Array.from({ length: 200 }, (_, k) => (k > 90 && k < 105 ? 58 : 50 + (k % 2) / 2));
  for (const place of smoothed(places).subarray(2, -2)) expect(Math.abs(place - 50.25)).toBeLessThan(0.11);
});

test('each place is the mean of those within a pixel of the median around it', () => {
  const places = Float32Array.from({ length: 101 }, (_, k) => 50 + 3 * Math.sin(k * k));
  const means = places.map((_, k) => {
    const reach = Math.min(13, k, 100 - k);
    const around = places.slice(k - reach, k + reach + 1).sort();
    const near = around.filter((place) => Math.abs(place - (around[reach] as number)) <= 1);
    return near.reduce((sum, place) => sum + place, 0) / near.length;
  });
  expect(smoothed(places)).toEqual(means);
});

import { expect, test } from 'vitest';
import { ofThousand, spread } from '../../../../webapp/src/app/inside/waffle';

test('a share of a thousand is rounded, but never to none', () => {
  expect([0, 0.0001, 0.0029, 0.0167, 1].map(ofThousand)).toEqual([0, 1, 3, 17, 1000]);
});

test.each([0, 1, 3, 67, 500, 1000])('%i marked squares are as many, and far from each other while few', (count) => {
  const places = [...spread(count)].sort((one, other) => one - other);
  expect(places).toHaveLength(count);
  expect(places.every((place) => Number.isInteger(place) && place >= 0 && place < 1000)).toBe(true);
  const nearest = Math.min(...places.slice(1).map((place, i) => place - (places[i] as number)));
  if (count > 1) expect(nearest).toBeGreaterThanOrEqual(Math.floor(0.35 * (1000 / count)) || 1);
});

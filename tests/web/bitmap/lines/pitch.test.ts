import { expect, test } from 'vitest';
import { findChains } from '../../../../webapp/src/bitmap/lines/pitch';

const near = (places: readonly number[], expected: readonly number[]) => {
  expect(places.length).toBe(expected.length);
  for (const [i, place] of places.entries()) expect(Math.abs(place - (expected[i] as number))).toBeLessThan(2);
};

test('places at a pitch are one chain, with those that were not seen, without strokes between them', () => {
  const chains = findChains([10, 50, 67, 91, 171, 184, 210, 250], 50);
  expect(chains.length).toBe(1);
  near(chains[0]?.places ?? [], [10, 50, 90, 130, 170, 210, 250]);
});

test('the left and the right sides of boxes that stand apart are two chains', () => {
  const left = [10, 50, 90, 130, 170];
  const places = left.flatMap((x) => [x, x + 35]);
  const chains = findChains(places, 45);
  expect(chains.length).toBe(2);
  near(
    chains.flatMap((chain) => chain.places).sort((a, b) => a - b),
    places,
  );
});

test('sides that nearly touch are pairs, though some are not seen', () => {
  const left = Array.from({ length: 12 }, (_, i) => 10 + 17 * i);
  const places = left.flatMap((x) => [x, x + 15]).filter((_, i) => ![2, 5, 8, 13, 20].includes(i));
  const chains = findChains(places, 24);
  expect(chains.map((chain) => chain.places.length)).toEqual([12, 12]);
  for (const [i, x] of left.entries()) {
    expect(Math.abs((chains[0]?.places[i] as number) - x)).toBeLessThan(1.2);
    expect(Math.abs((chains[1]?.places[i] as number) - x - 15)).toBeLessThan(1.2);
  }
});

test("a photo's perspective changes the pitch along a row", () => {
  const places = [0, 84, 165, 243, 318, 390, 459, 525];
  near(findChains(places, 75)[0]?.places ?? [], places);
});

test.each([
  ['too few', [10, 50, 90]],
  ['at no pitch', [10, 38, 91, 104, 163, 175, 252]],
  ['too far apart for one digit', [10, 110, 210, 310, 410]],
])('what does not repeat is no row: %s', (_, places) => {
  expect(findChains(places, 50)).toEqual([]);
});

test('pairs tell where the others are, though a stroke stands near a side, and a side is missed', () => {
  const left = Array.from({ length: 10 }, (_, i) => 10 + 28 * i);
  const sides = left.flatMap((x) => [x, x + 24]).filter((_, i) => ![7, 12].includes(i));
  const chains = findChains(
    [...sides, 130, 218].sort((a, b) => a - b),
    34,
  );
  for (const [i, x] of left.entries()) {
    expect(Math.abs((chains[0]?.places[i] as number) - x)).toBeLessThan(1);
    expect(Math.abs((chains[1]?.places[i] as number) - x - 24)).toBeLessThan(1);
  }
});

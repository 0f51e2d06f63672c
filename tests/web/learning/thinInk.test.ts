import { expect, test } from 'vitest';
import { type Ink, type Point, rasterizeInk } from '../../../webapp/src/ink';
import { thinInk } from '../../../webapp/src/learning/thinInk';

const curve = (points: number, place: (at: number) => Point): Ink => [
  Array.from({ length: points }, (_, i) => place(i / (points - 1))),
];
const eight = (points: number) =>
  curve(points, (at) => [0.5 + 0.2 * Math.sin(4 * Math.PI * at), 0.5 + 0.4 * Math.cos(2 * Math.PI * at)]);
const count = (ink: Ink) => ink.flat().length;

test('ink that fits is returned as it is', () => {
  const ink = eight(200);
  expect(thinInk(ink, 100, 200)).toBe(ink);
});

test.each([201, 3_000, 24_000, 100_000])('%i points of an 8 look the same as 200 of them', (points) => {
  const ink = eight(points);
  const thinned = thinInk(ink, 100, 200);
  expect(count(thinned)).toBe(200);
  expect([thinned[0]?.[0], thinned[0]?.at(-1)]).toEqual([ink[0]?.[0], ink[0]?.at(-1)]);
  const [before, after] = [rasterizeInk(ink), rasterizeInk(thinned)];
  expect(Math.max(...before.map((level, i) => Math.abs(level - (after[i] as number))))).toBeLessThan(0.03);
});

test('corners stay', () => {
  const corner = curve(10_001, (at) => (at <= 0.3 ? [at, 0] : [0.3, at - 0.3]));
  expect(thinInk(corner, 100, 10)[0]).toContainEqual([0.3, 0]);
});

test('a wide zigzag stays one, whatever its rhythm', () => {
  for (const period of [2, 3, 8, 12, 24]) {
    const zigzag = curve(24_000, (at) => [at, Math.round(at * 23_999) % period === 0 ? 1 : 0]);
    const [kept] = thinInk(zigzag, 100, 200) as [Point[]];
    expect(kept.length).toBe(200);
    for (const end of [0, 1]) expect(kept.filter(([, y]) => y === end).length).toBeGreaterThan(30);
  }
});

test('of too many strokes the longest stay, in their order, each with both ends', () => {
  const strokes: Ink = Array.from({ length: 300 }, (_, i) => [
    [0, i],
    [((i * 7) % 300) + 1, i],
    [0, i],
  ]);
  const thinned = thinInk(strokes, 100, 200);
  expect(thinned.length).toBe(100);
  expect(thinned.every((stroke) => (strokes[stroke[0]?.[1] ?? -1]?.[1]?.[0] ?? 0) > 200)).toBe(true);
  expect(thinned.map(([first]) => first?.[1])).toEqual(
    thinned.map(([first]) => first?.[1]).sort((a, b) => (a ?? 0) - (b ?? 0)),
  );
  expect(thinned.every((stroke) => stroke.length === 2)).toBe(true);
});

test('points in one place are no trouble', () => {
  const place: Ink = [Array.from({ length: 30_000 }, () => [0.5, 0.5] as const), [[0.5, 0.5]]];
  expect(count(thinInk(place, 100, 200))).toBe(200);
});

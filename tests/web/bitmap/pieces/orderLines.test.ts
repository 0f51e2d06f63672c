import { expect, test } from 'vitest';
import { joinRows, orderLines, type TextLine } from '../../../../webapp/src/bitmap/pieces/orderLines';
import { rowOfBoxes } from './cells';

/** Pieces of one size, each with its place in `places` as its only label. */
const pieces = (places: readonly [x: number, y: number][]) =>
  places.map(([x, y], label) => ({ x, y, width: 20, height: 30, labels: [label], area: 100 }));

test.each([0, 0.1, -0.1])('lines are read from the top, each from left to right: slope %d', (slope) => {
  const places = (
    [
      [200, 100],
      [0, 100],
      [100, 100],
      [100, 0],
      [200, 0],
      [0, 0],
    ] as const
  ).map(([x, y]) => [x, y + slope * x] as [number, number]);
  const lines = orderLines(pieces(places), null);
  expect(lines.map((line) => line.pieces.flatMap(({ labels }) => labels))).toEqual([
    [5, 3, 4],
    [1, 2, 0],
  ]);
  for (const line of lines) expect(line.slope).toBeCloseTo(slope);
});

test('lines that run steeply and closely are told apart by the slope of the page', () => {
  const places = [0, 1].flatMap((row) =>
    Array.from({ length: 8 }, (_, i): [number, number] => [i * 75, 45 * row + 0.25 * i * 75]),
  );
  const apart = places.filter((_, i) => i !== 3); // a gap that is bridged only in the picture turned level
  const lines = orderLines(pieces(apart), null);
  expect(lines.map((line) => line.pieces.length)).toEqual([7, 8]);
  for (const line of lines) expect(line.slope).toBeCloseTo(0.25);
});

test('on a page what stands below a piece is not of its line', () => {
  const rows = 6;
  const places = Array.from({ length: 8 * rows }, (_, i): [number, number] => [40 * (i % 8), 36 * Math.floor(i / 8)]);
  const all = pieces(places);
  const tall = all.map((one, i) => (i === 8 * 2 ? { ...one, height: 66 } : one)).filter((_, i) => i !== 8 * 3);
  const found = orderLines(tall, null).map((line) => line.pieces.length);
  expect(Math.max(...found)).toBe(8);
});

test('a piece beside two lines goes on with the one that it shares much more of its height with', () => {
  const places: [number, number][] = [
    [0, 0],
    [40, 0],
    [20, 26],
    [60, 26], // nearer than the line above
    [100, 8],
  ];
  const lines = orderLines(pieces(places), 0);
  expect(lines.map((line) => line.pieces.flatMap(({ labels }) => labels))).toEqual([
    [0, 1, 4],
    [2, 3],
  ]);
});

test('digits of one row of boxes are one line, though one stands below its neighbour; two rows stay two', () => {
  const found = pieces([
    [30, 45],
    [90, 55],
    [98, 30],
    [155, 30],
    [215, 32],
  ]);
  const labels = (lines: readonly TextLine[]) => lines.map((line) => line.pieces.flatMap((piece) => piece.labels));
  expect(labels(orderLines(found, null)).length).toBe(2);
  expect(labels(joinRows(orderLines(found, null), [rowOfBoxes(4)]))).toEqual([[0, 1, 2, 3, 4]]);
  const lines = orderLines(
    pieces([
      [30, 25],
      [90, 25],
      [30, 65],
      [90, 65],
    ]),
    null,
  );
  expect(labels(joinRows(lines, [rowOfBoxes(4)]))).toEqual([
    [0, 1],
    [2, 3],
  ]);
});

import { expect, test } from 'vitest';
import { orderLines } from '../../../../webapp/src/bitmap/pieces/orderLines';
import type { Piece } from '../../../../webapp/src/bitmap/pieces/piece';
import { orderWithSuperscripts } from '../../../../webapp/src/bitmap/pieces/superscripts';

const piece = (label: number, x: number, y: number, height = 40): Piece => {
  return { x, y, width: height / 2, height, labels: [label], area: 100 };
};
const read = (pieces: readonly Piece[]) =>
  orderWithSuperscripts(pieces, (others) => orderLines(others, null)).map((line) =>
    line.pieces.map(({ labels }) => labels[0]),
  );

test('superscripts stand behind their base, also where they share no height with it', () => {
  const formula = [
    piece(1, 0, 100),
    piece(2, 24, 76, 22),
    piece(3, 40, 74, 22),
    piece(4, 90, 100),
    piece(5, 114, 84, 22),
  ];
  expect(read(formula)).toEqual([[1, 2, 3, 4, 5]]);
});

test('a minus that is no piece leaves a gap in a superscript', () => {
  expect(read([piece(1, 0, 100), piece(2, 24, 76, 22), piece(3, 70, 76, 22), piece(4, 140, 100)])).toEqual([
    [1, 2, 3, 4],
  ]);
});

test('small digits of a line above are no superscripts', () => {
  const above = [piece(1, 0, 40), piece(2, 24, 62, 22), piece(3, 60, 40)];
  const below = [piece(4, 0, 92), piece(5, 60, 92)];
  const lines = [
    [1, 2, 3],
    [4, 5],
  ];
  expect(read([...above, ...below])).toEqual(lines);
  expect(read([piece(1, 0, 62, 22), piece(2, 24, 62, 22), piece(4, 0, 92), piece(5, 28, 92)])).toEqual([
    [1, 2],
    [4, 5],
  ]);
});

test('what is as high as the others, or low beside them, keeps its place', () => {
  expect(read([piece(1, 0, 100), piece(2, 30, 100), piece(3, 60, 116, 24), piece(4, 90, 100)])).toEqual([[1, 2, 3, 4]]);
});

test('digits beside one that is as high as two rows are no superscripts', () => {
  const row = [1, 2, 3, 4, 5].map((label) => piece(label, 30 * label, 100));
  const below = [6, 7, 8, 9].map((label) => piece(label, 30 * (label - 5), 156));
  expect(read([piece(0, 0, 100, 95), ...row, ...below])[0]?.slice(-5)).toEqual([1, 2, 3, 4, 5]);
});

test('a low digit has a superscript, too', () => {
  expect(read([piece(1, 0, 100), piece(2, 30, 112, 28), piece(3, 50, 92, 22), piece(4, 90, 100)])).toEqual([
    [1, 2, 3, 4],
  ]);
});

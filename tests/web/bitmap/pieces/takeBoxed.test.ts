import { expect, test } from 'vitest';
import type { Piece } from '../../../../webapp/src/bitmap/pieces/piece';
import { takeBoxed } from '../../../../webapp/src/bitmap/pieces/takeBoxed';
import { rowOfBoxes } from './cells';

const piece = (label: number, x: number, width = 36, height = 60): Piece => {
  return { x, y: 60 - height / 2, width, height, labels: [label], area: width * height };
};
const take = (...pieces: Piece[]) => {
  const { boxed, free } = takeBoxed(pieces, [rowOfBoxes(4)], 30);
  return [boxed, free].map((some) => some.map(({ labels }) => labels));
};

test('what stands in one box is one digit; two side by side are free', () => {
  expect(take(piece(1, 30), piece(2, 40, 20, 12), piece(3, 90))).toEqual([[[1, 2], [3]], []]);
  expect(take(piece(1, 22, 24), piece(2, 54, 24))).toEqual([[], [[1], [2]]]);
});

test('what is left of the side of a box is no digit, nor a part of one', () => {
  expect(take(piece(1, 30), piece(2, 77, 4), piece(3, 258, 3))).toEqual([[[1]], [[3]]]);
  expect(take(piece(1, 30), piece(2, 81, 4), piece(3, 95))).toEqual([[[1], [3]], []]);
});

test('a 1 that stands at the side of a box is one if it is alone there', () => {
  expect(take(piece(1, 82, 5))).toEqual([[], [[1]]]);
});

test('a 2 that is written flat is a whole digit in its box; a dash is none', () => {
  expect(take(piece(1, 30), piece(2, 90, 40, 18))).toEqual([[[1], [2]], []]);
  expect(take(piece(1, 30), piece(2, 90, 40, 6))).toEqual([[[1]], [[2]]]);
});

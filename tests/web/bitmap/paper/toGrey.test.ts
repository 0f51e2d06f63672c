import { expect, test } from 'vitest';
import { toGrey } from '../../../../webapp/src/bitmap/paper/toGrey';
import { PictureError } from '../../../../webapp/src/errors';

const pixel = (...data: number[]) => Array.from(toGrey({ width: data.length / 4, height: 1, data }).data);

test('colours become grey by how bright they look', () => {
  expect(pixel(255, 255, 255, 255, 0, 0, 0, 255)).toEqual([255, 0]);
  expect(pixel(255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255)).toEqual([77, 149, 29]);
});

test('what is transparent shows white paper', () => {
  expect(pixel(0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 128)).toEqual([0, 255, 127]);
});

test('light ink on a transparent ground shows on black', () => {
  expect(pixel(255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0)).toEqual([255, 0, 0]);
});

test('a fully transparent picture is refused in one sentence', () => {
  expect(() => pixel(0, 0, 0, 0, 255, 255, 255, 3)).toThrow(PictureError);
  expect(() => pixel(0, 0, 0, 0)).toThrow('The picture is fully transparent.');
});

test('too few numbers for the pixels are an error', () => {
  expect(() => toGrey({ width: 2, height: 1, data: [0, 0, 0, 255] })).toThrow('2×1');
});

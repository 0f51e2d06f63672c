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

test('colours that are equally bright are told apart; of others luma counts', () => {
  const coloured = (ink: number[], ground: number[]) => {
    const data = Array.from({ length: 900 }, (_, i) => [...(i % 30 < 6 ? ink : ground), 255]).flat();
    const grey = toGrey({ width: 30, height: 30, data }).data;
    return [grey[0] as number, grey[15] as number] as const;
  };
  const [red, green] = coloured([255, 0, 0], [0, 130, 0]);
  expect(Math.abs(red - green)).toBeGreaterThan(100);
  expect(coloured([20, 40, 160], [250, 250, 240])).toEqual([48, 249]);
});

import { expect, test } from 'vitest';
import { asMnist } from '../../../../webapp/src/bitmap/paper/likeMnist';
import { grey, onRing } from '../made';

const ring =
  (height: number, midX = 14) =>
  (x: number, y: number) =>
    onRing(x + 0.5, y + 0.5, midX, 14, height, 3) ? 255 : 0;

test('white ink on black, 20 pixels long, in the middle, is taken as it is', () => {
  const image = asMnist(grey(28, 28, ring(20)));
  expect(image?.every((level, i) => level === ring(20)(i % 28, Math.floor(i / 28)) / 255)).toBe(true);
});

test.each<[string, number, (x: number, y: number) => number]>([
  ['another size of the picture', 32, ring(20)],
  ['of the ink', 28, ring(15)],
  ['another place', 28, ring(20, 17)],
  ['dim ink', 28, (x, y) => 0.6 * ring(20)(x, y)],
  ['a grey ground', 28, (x, y) => Math.max(ring(20)(x, y), 30)],
  ['no ink', 28, () => 0],
])('it is not with %s', (_, side, level) => {
  expect(asMnist(grey(side, side, level))).toBeNull();
});

import { expect, test } from 'vitest';
import { opposite, turnBox, turnPlane } from '../../../webapp/src/bitmap/quarterTurn';

const plane = { width: 3, height: 2, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };

test.each([
  [0, 3, [1, 2, 3, 4, 5, 6]],
  [90, 2, [4, 1, 5, 2, 6, 3]],
  [180, 3, [6, 5, 4, 3, 2, 1]],
  [270, 2, [3, 6, 2, 5, 1, 4]],
] as const)('a plane turned clockwise by %d degrees', (turned, width, levels) => {
  expect(turnPlane(plane, turned)).toEqual({ width, height: 6 / width, data: Uint8Array.from(levels) });
});

test.each([0, 90, 180, 270] as const)('a box goes with its picture: %d degrees, and back', (turned) => {
  const box = { x: 1, y: 0, width: 2, height: 1 }; // the 2 and the 3
  const across = turned % 180 === 0 ? 3 : 2;
  const { x, y, width, height } = turnBox(box, 3, 2, turned);
  const { data } = turnPlane(plane, turned);
  const inside = Array.from({ length: width * height }, (_, i) => {
    return data[(y + Math.floor(i / width)) * across + x + (i % width)];
  });
  expect(inside.sort()).toEqual([2, 3]);
  expect(turnBox({ x, y, width, height }, across, 6 / across, opposite(turned))).toEqual(box);
});

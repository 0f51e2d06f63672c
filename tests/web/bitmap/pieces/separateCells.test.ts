import { expect, test } from 'vitest';
import { findComponents } from '../../../../webapp/src/bitmap/pieces/components';
import { separateCells } from '../../../../webapp/src/bitmap/pieces/separateCells';
import { knowsBarsAndRings, onRing } from '../made';
import { rowOfBoxes } from './cells';

const [WIDTH, HEIGHT] = [300, 120];

/** The places of the pieces of ink, from left to right, once those of different boxes are separated. */
function places(isInk: (x: number, y: number) => boolean, isComb = true): [from: number, to: number][] {
  const data = Int16Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    isInk(i % WIDTH, Math.floor(i / WIDTH)) ? 200 : 0,
  );
  const levels = { width: WIDTH, height: HEIGHT, data };
  const thresholds = { background: 0, noise: 1, lowThreshold: 60, highThreshold: 100 };
  const rows = [{ ...rowOfBoxes(4), isComb }];
  const ink = { ...thresholds, levels, ruled: null, rows, linesRemoved: 'boxes' as const, classify: knowsBarsAndRings };
  const { components, labels } = separateCells({ ...ink, ...findComponents(levels, 60, 100) });
  for (const { label, area } of components) {
    expect(labels.data.reduce((sum, other) => sum + Number(other === label), 0)).toBe(area);
  }
  return components.map(({ x, width }): [number, number] => [x, x + width]).sort(([a], [b]) => a - b);
}

const touching = (x: number, y: number) =>
  [52, 110, 168].some((at) => onRing(x, y, at, 60, 70 + (at % 4), 8)) || (y === 60 && x > 30 && x < 190);

test('digits that touch those in the next box are separated at its side', () => {
  const found = places(touching);
  expect(found.map(([from]) => Math.round((from - 20) / 60))).toEqual([0, 1, 2]);
  expect(found.map(([, to]) => to)).toEqual([80, 140, expect.any(Number)]);
});

test('where boxes hold more than a digit each, nothing is cut', () => {
  expect(places(touching, false)).toHaveLength(1);
});

test('a digit that reaches over the side of its box stays whole', () => {
  expect(places((x, y) => onRing(x, y, 64, 60, 100, 8))).toHaveLength(1);
});

test('what reaches far into a box in which another digit stands stays with its own digit', () => {
  const long = (x: number, y: number) =>
    onRing(x, y, 44, 60, 70, 8) ||
    (Math.abs(y - 60) < 4 && x > 60 && x < 100) ||
    (Math.abs(y - 60) < 32 && x > 95 && x < 100);
  expect(places((x, y) => long(x, y) || onRing(x, y, 122, 60, 60, 6))).toHaveLength(2);
});

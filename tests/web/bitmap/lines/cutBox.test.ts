import { expect, test } from 'vitest';
import { findCutBox } from '../../../../webapp/src/bitmap/lines/cutBox';
import { traceLines } from '../../../../webapp/src/bitmap/lines/traceLines';
import { transpose } from '../../../../webapp/src/bitmap/plane';
import { onRing } from '../made';

type Place = (x: number, y: number) => boolean;
const SIZE = 100;
const REACH = 10;
const THRESHOLDS = { background: 0, noise: 1, lowThreshold: 40, highThreshold: 60 };

/** How many lines are taken for the sides of a box, or for rests of them; null where there is no box. */
function sidesIn(ink: Place): number | null {
  const data = Int16Array.from({ length: SIZE * SIZE }, (_, i) => (ink(i % SIZE, Math.floor(i / SIZE)) ? 180 : 0));
  const levels = { width: SIZE, height: SIZE, data };
  const traced = [true, false].flatMap((upright) =>
    traceLines(upright ? levels : transpose(levels), upright, REACH, 20, 0),
  );
  return findCutBox(traced, levels, REACH, THRESHOLDS)?.lines.length ?? null;
}

const across = (place: number, from: number, to: number): Place => {
  return (x, y) => Math.abs(y - place) < 2 && x >= from && x <= to;
};
const down = (place: number, from: number, to: number): Place => {
  return (x, y) => Math.abs(x - place) < 2 && y >= from && y <= to;
};
const any =
  (...inks: Place[]): Place =>
  (x, y) =>
    inks.some((ink) => ink(x, y));
const zero: Place = (x, y) => onRing(x, y, 50, 50, 50, 6);

test.each<[string, Place]>([
  ['three sides', any(down(10, 12, 88), across(12, 10, 99), across(88, 10, 99))],
  [
    'three sides and a rest of the fourth',
    any(down(10, 12, 99), down(90, 12, 99), across(12, 10, 90), across(97, 20, 60)),
  ],
  ['a corner', any(down(10, 8, 99), across(8, 10, 99))],
])('a box that the edge cuts is found round a digit: %s', (name, box) => {
  expect(sidesIn(any(box, zero))).toBe(name === 'a corner' ? 2 : name === 'three sides' ? 3 : 4);
});

test.each<[string, Place]>([
  ['an empty box', any(down(10, 12, 88), across(12, 10, 99), across(88, 10, 99))],
  ['a 7', any(across(3, 0, 96), (x, y) => Math.abs(x - 96 + 0.2 * y) < 3)],
  ['a 4', any(down(92, 0, 99), across(70, 0, 99), (x, y) => y < 70 && Math.abs(x - 8 - 0.1 * (70 - y)) < 3)],
  ['a corner that a digit touches', any(down(10, 8, 99), across(8, 10, 99), zero, across(50, 10, 40))],
  ['a small box at the edge', any(down(60, 40, 99), across(40, 60, 99), (x, y) => onRing(x, y, 80, 70, 40, 5))],
  [
    'ruled paper with a margin',
    any(down(10, 0, 99), across(8, 0, 99), across(36, 0, 99), across(64, 0, 99), across(92, 0, 99), zero),
  ],
  ['a line across', any(across(80, 0, 99), zero)],
])('what is no box that the edge cuts: %s', (_, ink) => {
  expect(sidesIn(ink)).toBeNull();
});

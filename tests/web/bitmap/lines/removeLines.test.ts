// @module-tag heavy
import { expect, test } from 'vitest';
import { removeLines } from '../../../../webapp/src/bitmap/lines/removeLines';
import type { Plane } from '../../../../webapp/src/bitmap/plane';
import { onBar, onRing } from '../made';

type Place = (x: number, y: number) => boolean;
const [WIDTH, HEIGHT] = [460, 140];
const THRESHOLDS = { background: 0, noise: 1, lowThreshold: 40, highThreshold: 60 };
const WIDEST = 28; // four strokes of 7 pixels

/** The share of the pixels of a place that are ink. */
function share({ width, data }: Plane<Int16Array>, where: Place): number {
  const here = [...data].filter((_, i) => where(i % width, Math.floor(i / width)));
  return here.filter((level) => level > 60).length / here.length;
}

/** What is kept of the ink, and of the lines beside it. */
function remove(ink: Place, line: Place, lineLevel = 180) {
  const data = Int16Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
    return ink(x, y) ? 180 : line(x, y) ? lineLevel : 0;
  });
  const levels = { width: WIDTH, height: HEIGHT, data };
  const removed = removeLines(levels, THRESHOLDS, WIDEST);
  const near: Place = (x, y) => [-4, 0, 4].some((u) => [-4, 0, 4].some((v) => ink(x + u, y + v)));
  const ofLines = share(levels, (x, y) => line(x, y) && !near(x, y));
  return { ...removed, ofInk: share(levels, ink), ofLines };
}

const PITCH = 80;
/** Five joined boxes of 80×100, from (30, 20). */
const inBoxes: Place = (x, y) => {
  const [u, v] = [x - 30, y - 20];
  const inside = u >= -1 && u <= 5 * PITCH + 1 && v >= -1 && v <= 101;
  return inside && ((u + 1) % PITCH < 3 || Math.abs(v) < 2 || Math.abs(v - 100) < 2);
};
const middle = (cell: number) => 30 + PITCH * (cell + 0.5);
/** 0, nothing, 1, 0 and 1. */
const digits: Place = (x, y) =>
  [0, 3].some((cell) => onRing(x, y, middle(cell), 70, 70, 7)) ||
  [2, 4].some((cell) => onBar(x, y, middle(cell), 70, 70, 7));

test('joined boxes are a row of places for digits; their lines go, dark as the ink or faint', () => {
  for (const level of [180, 70]) {
    const { rows, linesRemoved, ofInk, ofLines } = remove(digits, inBoxes, level);
    expect(linesRemoved).toBe('boxes');
    expect(rows.map(({ cells, isComb }) => [cells.length, isComb])).toEqual([[5, true]]);
    expect(ofInk).toBe(1);
    expect(ofLines).toBe(0);
  }
});

test('a stroke that crosses the lines of a box is mended; a 1 from line to line is no line', () => {
  const slanted: Place = (x, y) => Math.abs(x - middle(1) - 0.5 * (y - 120)) < 4 && y > 40 && y < 136;
  const tall: Place = (x, y) => Math.abs(x - middle(2)) < 4 && y > 14 && y < 127;
  const { ofInk, ofLines } = remove((x, y) => digits(x, y) || slanted(x, y) || tall(x, y), inBoxes);
  expect(ofInk).toBeGreaterThan(0.97);
  expect(ofLines).toBe(0);
});

test('a line that is broken, and one under a digit, are found where the pitch says', () => {
  const broken: Place = (x, y) => inBoxes(x, y) && !(Math.abs(x - 30 - 2 * PITCH) < 4 && y > 50 && y < 90);
  const covering: Place = (x, y) => onRing(x, y, 30 + 4 * PITCH, 70, 70, 7);
  const { rows, ofLines } = remove((x, y) => digits(x, y) || covering(x, y), broken, 90);
  expect(rows.map(({ cells }) => cells.length)).toEqual([5]);
  expect(ofLines).toBe(0);
});

test('boxes that stand apart, askew, are places for digits; a 1 as high as they are stays', () => {
  const apart: Place = (x, y) => {
    const [u, v] = [x - 30, y - 20 - 0.05 * (x - 30)];
    const [across, down] = [((u % 70) + 70) % 70, v];
    const inside = u >= 0 && u < 6 * 70 && across < 58 && down >= 0 && down <= 80;
    return inside && (across < 3 || across >= 55 || down < 3 || down > 77);
  };
  const one: Place = (x, y) => Math.abs(x - 199) < 4 && y > 29 && y < 106;
  const { rows, ofInk, ofLines } = remove((x, y) => one(x, y) || onRing(x, y, 60, 62, 50, 7), apart, 140);
  expect(rows.map(({ cells }) => cells.length)).toEqual([6]);
  expect(ofInk).toBeGreaterThan(0.95);
  expect(ofLines).toBe(0);
});

/** Whether a place lies on an upright or level stroke of 6 pixels, from one place to another. */
const on = (x: number, y: number, left: number, top: number, right: number, bottom: number) =>
  x >= left && x < right + 6 && y >= top && y < bottom + 6;

/** Whether a place lies on a 7 with a corner. */
const onSeven = (x: number, y: number, left: number, wide: number) =>
  on(x, y, left, 30, left + wide, 30) || on(x, y, left + wide, 30, left + wide, 110);

test.each<[string, Place]>([
  ['one 1', (x, y) => onBar(x, y, 230, 70, 120, 5)],
  ['a row of 1s', (x, y) => [80, 180, 280, 380].some((at) => onBar(x, y, at, 70, 120, 5))],
  ['a row of 7s', (x, y) => [40, 140, 240, 340].some((at) => onSeven(x, y, at, 60))],
  [
    'a row of 7s of several widths that nearly touch',
    (x, y) =>
      onSeven(x, y, 40, 60) ||
      onSeven(x, y, 114, 40) ||
      onSeven(x, y, 168, 70) ||
      onSeven(x, y, 252, 45) ||
      onSeven(x, y, 311, 60),
  ],
  ['a 4', (x, y) => on(x, y, 230, 20, 230, 114) || on(x, y, 170, 70, 264, 70) || on(x, y, 170, 20, 170, 70)],
  ['a 0 with corners', (x, y) => on(x, y, 200, 20, 260, 114) && !on(x, y, 206, 26, 248, 102)],
])('%s stays', (_, ink) => {
  const { ofInk, linesRemoved } = remove(ink, () => false);
  expect(ofInk).toBe(1);
  expect(linesRemoved).toBeNull();
});

test('an underline goes, with the ink on it left', () => {
  const underline: Place = (x, y) => x > 20 && x < 440 && Math.abs(y - 105) < 2;
  const { ofInk, ofLines, linesRemoved } = remove(digits, underline);
  expect(ofInk).toBeGreaterThan(0.95); // strokes end on the line
  expect(ofLines).toBe(0);
  expect(linesRemoved).toBe('paper');
});

test('a comb is taken out with its teeth', () => {
  const teeth: Place = (x, y) => x > 28 && x < 432 && y > 78 && y < 121 && (x - 29) % PITCH < 3;
  const comb: Place = (x, y) => teeth(x, y) || (x > 28 && x < 432 && Math.abs(y - 121) < 2);
  const { ofInk, ofLines } = remove(digits, comb);
  expect(ofInk).toBe(1);
  expect(ofLines).toBe(0);
});

test('a comb whose teeth are short is a row of places for digits', () => {
  const teeth: Place = (x, y) => x > 28 && x < 432 && y > 100 && y < 121 && (x - 29) % PITCH < 3;
  const comb: Place = (x, y) => teeth(x, y) || (x > 28 && x < 432 && Math.abs(y - 121) < 2);
  const { rows, ofInk, ofLines } = remove(digits, comb);
  expect(rows.map(({ cells, isComb }) => [cells.length, isComb])).toEqual([[5, true]]);
  expect(ofInk).toBe(1);
  expect(ofLines).toBe(0);
});

test('the foot of a 7 that ends on the base of a comb is no tooth', () => {
  const teeth: Place = (x, y) => x > 28 && x < 432 && y > 90 && y < 121 && (x - 29) % PITCH < 3;
  const comb: Place = (x, y) => teeth(x, y) || (x > 28 && x < 432 && Math.abs(y - 121) < 2);
  const at = middle(1);
  const seven: Place = (x, y) =>
    (Math.abs(x - at) < 3 && y >= 88 && y < 120) ||
    (Math.abs(x - at - 0.8 * (88 - y)) < 5 && y > 50 && y < 89) ||
    (Math.abs(y - 50) < 4 && Math.abs(x - at - 15) < 24);
  const { ofInk, ofLines } = remove((x, y) => digits(x, y) || seven(x, y), comb);
  expect(ofInk).toBeGreaterThan(0.98);
  expect(ofLines).toBe(0);
});

test('lines of a box that is cut out go on to the edges; a 1 from edge to edge stays', () => {
  const ink: Place = (x, y) => onRing(x, y, 180, 65, 90, 7);
  const lines: Place = (x, y) => Math.abs(y - 124) < 2 || Math.abs(x - 60) < 2;
  const { ofInk, ofLines } = remove(ink, lines, 100);
  expect(ofInk).toBe(1);
  expect(ofLines).toBe(0);
  const one: Place = (x) => Math.abs(x - 180) < 5;
  expect(remove(one, () => false).ofInk).toBe(1);
});

test('1s that stand on a line are no comb', () => {
  const ones: Place = (x, y) => [60, 140, 220, 300, 380].some((at) => onBar(x, y, at, 70, 90, 6));
  const { rows, ofInk } = remove(ones, (x, y) => x > 20 && x < 420 && Math.abs(y - 117) < 2);
  expect(rows).toEqual([]);
  expect(ofInk).toBeGreaterThan(0.95);
});

test.each<[string, Place]>([
  ['small', (x, y) => y % 24 === 5 || x % 24 === 11],
  ['as large as digits', (x, y) => y % 100 === 20 || x % PITCH === 30],
])('both directions of squared paper go, and are no boxes: squares %s', (_, squares) => {
  const { ofInk, ofLines, rows, slope, linesRemoved } = remove(digits, squares, 70);
  expect(ofInk).toBe(1);
  expect(ofLines).toBe(0);
  expect(rows).toEqual([]);
  expect(slope).toBeCloseTo(0);
  expect(linesRemoved).toBe('paper');
});

test("the sides of a box that the picture's edge cuts go, and are not the paper's", () => {
  const open: Place = (x, y) => (y > 8 && (Math.abs(x - 9) < 2 || Math.abs(x - 450) < 2)) || Math.abs(y - 9) < 2;
  const { rows, ofInk, ofLines, linesRemoved } = remove((x, y) => onRing(x, y, 230, 75, 80, 7), open);
  expect(linesRemoved).toBe('boxes');
  expect(rows.map(({ cells }) => cells.length)).toEqual([1]);
  expect(ofInk).toBe(1);
  expect(ofLines).toBe(0);
});

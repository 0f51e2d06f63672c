// @module-tag heavy
import { expect, test } from 'vitest';
import { readPicture } from '../../../../webapp/src/bitmap';
import { findSheet } from '../../../../webapp/src/bitmap/paper/sheet';
import { grey, knowsBarsAndRings, onBar, onRing, paint } from '../made';

type Level = (x: number, y: number) => number;

const ink: Level = (x, y) => (onBar(x, y, 170, 150, 70, 8) || onRing(x, y, 230, 150, 70, 8) ? 30 : 235);
const dark: Level = (x, y) => 40 + ((x * 7919 + y * 104729) % 9);
const inside = (x: number, y: number) => Math.abs(x - 200) < 110 && Math.abs(y - 150) < 80;
const turned = (x: number, y: number) => inside(200 + (x - 200) + 0.1 * (y - 150), 150 + (y - 150) - 0.1 * (x - 200));
const frame = (x: number, y: number) => Math.max(Math.abs(x - 200) / 194, Math.abs(y - 150) / 145);

const SHEETS: [string, Level][] = [
  ['on a dark table', (x, y) => (inside(x, y) ? ink(x, y) : dark(x, y))],
  ['that is askew', (x, y) => (turned(x, y) ? ink(x, y) : dark(x, y))],
  ['beyond the picture on two sides', (x, y) => (x > 90 && y > 70 ? ink(x, y) : dark(x, y))],
  ['with a dark rim on one side', (x, y) => (x > 12 ? ink(x, y) : 50)],
  ['in a frame', (x, y) => (Math.abs(frame(x, y) - 0.98) < 0.01 ? 40 : ink(x, y))],
  ['that is a board with a light rim', (x, y) => (frame(x, y) > 0.9 ? 215 : ink(x, y) < 99 ? 225 : 45)],
];

test.each(SHEETS)('a sheet %s is found, and what is on it is read', (_, level) => {
  expect(findSheet(grey(400, 300, level))).not.toBeNull();
  const { text, digits } = readPicture(paint(400, 300, level), knowsBarsAndRings, 0.8);
  expect(text).toBe('10');
  const { x, y, width, height } = (digits[1] as (typeof digits)[0]).box;
  expect(Math.abs(x + width / 2 - 230)).toBeLessThan(3);
  expect(Math.abs(y + height / 2 - 150)).toBeLessThan(3);
});

test('beyond its edges the paper goes on', () => {
  const found = findSheet(grey(400, 300, (x, y) => (turned(x, y) ? ink(x, y) : dark(x, y))));
  const { data } = (found as NonNullable<typeof found>).grey;
  const levels = new Set(data);
  expect([...levels].every((level) => level === 30 || level === 235)).toBe(true);
});

test.each<[string, Level]>([
  ['plain paper', ink],
  ['the edge of a shadow', (x, y) => (x < 140 ? 0.6 : 1) * ink(x, y)],
  ['a large light 0 on black', (x, y) => (onRing(x, y, 200, 150, 240, 60) ? 240 : 10)],
  ['a large dark 0 that the border cuts', (x, y) => (onRing(x, y, 200, 150, 320, 40) ? 20 : 235)],
  [
    'a row of boxes on white',
    (x, y) => {
      const [u, v] = [x - 16, y - 50];
      const inRow = u >= 0 && u <= 368 && v >= 0 && v <= 200;
      return onRing(x, y, 76, 150, 90, 9) ? 30 : inRow && (u % 89 < 12 || v < 12 || v > 188) ? 120 : 250;
    },
  ],
  ['a table with nothing on the sheet', (x, y) => (inside(x, y) ? 235 : dark(x, y))],
])('all of the picture is the sheet: %s', (_, level) => {
  expect(findSheet(grey(400, 300, level))).toBeNull();
});

test('a long row of boxes that are full of ink is no board', () => {
  const level: Level = (x, y) => {
    const [u, v] = [x - 24, y - 12];
    if (u < 0 || u > 800 || v < 0 || v > 54) return 250;
    const isLine = u % 32 < 4 || v < 4 || v > 50;
    return isLine || onRing(x, y, 24 + 32 * Math.floor(u / 32) + 18, 39, 40, 9) ? 70 : 250;
  };
  expect(findSheet(grey(848, 78, level))).toBeNull();
});

test('a sliver of the table at the border is no 1', () => {
  const level: Level = (x, y) => (x < 3 && y > 90 && y < 200 ? 40 : ink(x, y));
  expect(readPicture(paint(400, 300, level), knowsBarsAndRings, 0.8).text).toBe('10');
});

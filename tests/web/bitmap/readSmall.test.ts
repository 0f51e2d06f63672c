import { expect, test } from 'vitest';
import { readPicture } from '../../../webapp/src/bitmap';
import { knowsBarsAndRings, onBar, onRing, paint } from './made';

const read = (side: number, level: (x: number, y: number) => number) =>
  readPicture(paint(side, side, level), knowsBarsAndRings, 0.8);

const ring = (x: number, y: number) => onRing(x + 0.5, y + 0.5, 14, 14, 18, 2.4);
const grain = (x: number, y: number) => (x * 7919 + y * 104729) % 7;

test.each<[string, (x: number, y: number) => number]>([
  ['dark on light', (x, y) => (ring(x, y) ? 0 : 255)],
  ['dim', (x, y) => (ring(x, y) ? 70 : 0)],
  ['on a grey ground with grain', (x, y) => (ring(x, y) ? 250 : 45) - grain(x, y)],
  ['in uneven light', (x, y) => (ring(x, y) ? 60 : 170) + 2 * x],
  ['away from the middle', (x, y) => (ring(x + 4, y + 4) ? 255 : 0)],
  ['cut by an edge', (x, y) => (ring(x + 9, y) ? 255 : 0)],
  ['across all of the picture', (x, y) => (onRing(x + 0.5, y + 0.5, 14, 14, 28, 3) ? 255 : 0)],
])('a ring on 28×28 is a 0: %s', (_, level) => {
  expect(read(28, level).text).toBe('0');
});

test('two digits on 28×28 are two, with boxes in its pixels', () => {
  const two = (x: number, y: number) =>
    onBar(x + 0.5, y + 0.5, 6, 14, 16, 2) || onRing(x + 0.5, y + 0.5, 19, 14, 16, 2);
  const reading = read(28, (x, y) => (two(x, y) ? 0 : 255));
  expect(reading.text).toBe('10');
  const { x, y, width, height } = (reading.digits[1] as (typeof reading.digits)[0]).box;
  expect(Math.abs(x + width / 2 - 19)).toBeLessThan(0.7);
  expect(Math.abs(y + height / 2 - 14)).toBeLessThan(0.7);
  expect(Math.abs(height - 16)).toBeLessThan(1.5);
});

test('a digit that reaches from edge to edge is not taken for a frame', () => {
  const two = (x: number, y: number) => Math.abs(x - 4) < 2 || onRing(x + 0.5, y + 0.5, 18, 14, 19, 2);
  expect(read(28, (x, y) => (two(x, y) ? 0 : 255)).text).toBe('10');
});

test('a ring that was shrunk to dots is one 0', () => {
  const dots = (x: number, y: number) => onRing(x + 0.5, y + 0.5, 16, 16, 28, 3) && y % 5 > 0;
  expect(read(32, (x, y) => (dots(x, y) ? 255 : 0)).text).toBe('0');
});

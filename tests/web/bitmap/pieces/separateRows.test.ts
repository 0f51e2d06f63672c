// @module-tag heavy
import { expect, test } from 'vitest';
import { findComponents } from '../../../../webapp/src/bitmap/pieces/components';
import { separateRows } from '../../../../webapp/src/bitmap/pieces/separateRows';
import { knowsBarsAndRings, onBar, onRing } from '../made';

const [WIDTH, HEIGHT] = [300, 220];

/** The heights of the pieces of ink on ruled paper, or other paper, once rows are separated. */
function heights(isInk: (x: number, y: number) => boolean, ruled: number | null = 0): number[] {
  const data = Int16Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    isInk(i % WIDTH, Math.floor(i / WIDTH)) ? 200 : 0,
  );
  const levels = { width: WIDTH, height: HEIGHT, data };
  const thresholds = { background: 0, noise: 1, lowThreshold: 60, highThreshold: 100 };
  const ink = { ...thresholds, levels, ruled, rows: [], linesRemoved: null, classify: knowsBarsAndRings };
  const { components } = separateRows({ ...ink, ...findComponents(levels, 60, 100) });
  return components.map(({ height }) => height).sort((a, b) => a - b);
}

const inRows = (rows: readonly number[]) => (x: number, y: number) =>
  rows.some((middle) => {
    return onRing(x, y, 150, middle, 52, 6) || onBar(x, y, 80, middle, 40, 6) || onRing(x, y, 220, middle, 40, 6);
  });

test('digits of three rows that touch are separated', () => {
  const found = heights(inRows([50, 100, 150]));
  expect(found).toHaveLength(9);
  expect(found.at(-1)).toBeLessThan(60);
});

test('off ruled paper what touches stays together', () => {
  expect(heights(inRows([50, 100, 150]), null)).toHaveLength(7);
});

test('a digit much higher than those beside it stays whole', () => {
  const found = heights(
    (x, y) => onBar(x, y, 150, 80, 62, 8) || onRing(x, y, 80, 80, 40, 6) || onRing(x, y, 220, 80, 40, 6),
  );
  expect(found).toHaveLength(3);
  expect(found.at(-1)).toBeGreaterThan(55);
});

import { expect, test } from 'vitest';
import { mapGrid } from '../../../../webapp/src/app/inside/mapGrid';

test.each([
  [16, 26, 336],
  [16, 12, 720],
  [48, 10, 288],
  [64, 3, 864],
  [64, 1, 430],
  [7, 5, 300],
  [1, 28, 200],
])('%i pictures of side %i stand apart and fit into %i pixels', (count, side, available) => {
  const gap = 2;
  const { columns, rows, cell, step, width, height } = mapGrid(count, side, side, available, gap);
  expect(columns * rows).toBeGreaterThanOrEqual(count);
  expect(columns * (rows - 1)).toBeLessThan(count);
  expect(step.x - cell * side).toBeGreaterThanOrEqual(gap);
  expect(step.y - cell * side).toBeGreaterThanOrEqual(gap);
  expect((columns - 1) * step.x + cell * side).toBeLessThanOrEqual(width);
  expect((rows - 1) * step.y + cell * side).toBeLessThanOrEqual(height);
  expect(width).toBe(available);
  expect(cell).toBeGreaterThan(0);
});

test('rows are full where that is possible', () => {
  const columns = [16, 48, 64].map((count) => mapGrid(count, 8, 8, 400, 2).columns);
  expect(columns).toEqual([8, 12, 16]);
});

test('large pixels are whole, so that all are equal; small ones use the room', () => {
  expect(mapGrid(16, 6, 6, 410, 2).cell).toBe(8);
  expect(mapGrid(16, 26, 26, 360, 2).cell).toBeCloseTo(43 / 26);
});

import { expect, test } from 'vitest';
import { isLightOnDark } from '../../../../webapp/src/bitmap/paper/polarity';
import { grey, onRing } from '../made';

test('ink is told from paper though the light is uneven', () => {
  const light = (x: number) => 250 - x;
  expect(isLightOnDark(grey(150, 80, (x, y) => (onRing(x, y, 75, 40, 60, 8) ? 20 : light(x))))).toBe(false);
  expect(isLightOnDark(grey(150, 80, (x, y) => (onRing(x, y, 75, 40, 60, 8) ? 250 : 170 - x)))).toBe(true);
});

test('paper in the cells of a table is no light ink', () => {
  const isLine = (x: number, y: number) => x % 40 < 2 || y % 20 < 2;
  expect(isLightOnDark(grey(202, 102, (x, y) => (isLine(x, y) ? 40 : 250 - 0.5 * x)))).toBe(false);
});

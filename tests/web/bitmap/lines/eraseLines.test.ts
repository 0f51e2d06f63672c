import { expect, test } from 'vitest';
import { eraseLines } from '../../../../webapp/src/bitmap/lines/eraseLines';

test('both directions of squared paper are erased, and a stroke across them stays whole', () => {
  const [width, height] = [360, 120];
  const isStroke = (x: number, y: number) => x >= 170 && x < 178 && y > 30 && y < 90;
  const isLine = (x: number, y: number) => y % 24 === 5 || x % 24 === 11;
  const places = Array.from({ length: width * height }, (_, i) => [i % width, Math.floor(i / width)] as const);
  const data = Int16Array.from(places, ([x, y]) => (isStroke(x, y) ? 180 : isLine(x, y) ? 70 : 0));
  expect(eraseLines({ width, height, data }, 0, 1)).toBeCloseTo(0);
  const levels = (where: (x: number, y: number) => boolean) =>
    [...data].filter((_, i) => where(...(places[i] as (typeof places)[0])));
  expect(new Set(levels(isStroke))).toEqual(new Set([180]));
  expect(Math.max(...levels((x) => Math.abs(x - 174) > 8))).toBeLessThan(20);
});

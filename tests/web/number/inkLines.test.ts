import { expect, test } from 'vitest';
import type { Ink } from '../../../webapp/src/ink';
import { inkLines } from '../../../webapp/src/number/inkLines';
import { DIGITS, drawn, moved, written } from './made';

test('strokes below a stripe of paper are another line', () => {
  const ink = [...written('12'), ...moved(written('34'), 20, 180)];
  expect(inkLines(ink)).toEqual([[0, 1], [2, 3, 4]]); // biome-ignore format: lines
  const drawnBelowFirst = [...moved(written('12'), 0, 180), ...written('34')];
  expect(inkLines(drawnBelowFirst)).toEqual([[2, 3, 4], [0, 1]]); // biome-ignore format: lines
});

test('a flag and a dash that float belong to the nearest line', () => {
  const ink = [...written('12'), ...moved(written('34'), 0, 300), ...drawn('0,-30 40,-28', '30,285 90,283')];
  expect(inkLines(ink)).toEqual([[0, 1, 5], [2, 3, 4, 6]]); // biome-ignore format: lines
});

test.each([
  ['a number', written('2026')],
  ['one that rises', written('45').map((stroke, i) => stroke.map(([x, y]): [number, number] => [x, y - 40 * i]))],
  ['stairs', [...moved(written('12'), 0, 180), ...moved(written('34'), 300)]],
  ['a flag that floats', [...moved(DIGITS[3] as Ink, 0, 50), ...drawn('20,-10 90,-8')]],
  ['nothing', []],
  ['strokes without points', [[], []]],
] as [string, Ink][])('%s is one line', (_, ink) => {
  expect(inkLines(ink)).toEqual([[...ink.keys()]]);
});

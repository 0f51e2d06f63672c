import { expect, test } from 'vitest';
import type { Ink } from '../../../webapp/src/ink';
import { inkLines } from '../../../webapp/src/number/inkLines';
import { DIGITS, moved, written } from './made';

test('strokes below a stripe of paper are another line', () => {
  const ink = [...written('12'), ...moved(written('34'), 20, 180)];
  expect(inkLines(ink)).toEqual([[0, 1], [2, 3, 4]]); // biome-ignore format: lines
  const drawnBelowFirst = [...moved(written('12'), 0, 180), ...written('34')];
  expect(inkLines(drawnBelowFirst)).toEqual([[2, 3, 4], [0, 1]]); // biome-ignore format: lines
});

test.each([
  ['a number', written('2026')],
  ['one that rises', written('45').map((stroke, i) => stroke.map(([x, y]): [number, number] => [x, y - 40 * i]))],
  ['a flag that floats', [...moved(DIGITS[3] as Ink, 0, 50), [[20, -10], [90, -8]]]], // biome-ignore format: points
  ['nothing', []],
  ['strokes without points', [[], []]],
] as [string, Ink][])('%s is one line', (_, ink) => {
  expect(inkLines(ink)).toEqual([[...ink.keys()]]);
});

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
  ['below a number', [...written('42'), ...drawn('0,170 120,165 240,172')], [[0, 1, 2]]],
  ['between lines', [...written('12'), ...drawn('-20,165 200,160'), ...moved(written('3'), 0, 190)], [[0, 1], [3]]], // biome-ignore format: lines
  ['twice below a sum', [...written('12'), ...moved(written('34'), 0, 180), ...drawn('0,340 250,342', '0,350 250,352')], [[0, 1], [2, 3, 4]]], // biome-ignore format: lines
] as [string, Ink, number[][]][])('a rule %s is left out', (_, ink, lines) => {
  expect(inkLines(ink)).toEqual(lines);
});

test.each([
  ['a number', written('2026')],
  ['one that rises', written('45').map((stroke, i) => stroke.map(([x, y]): [number, number] => [x, y - 40 * i]))],
  ['stairs', [...moved(written('12'), 0, 180), ...moved(written('34'), 300)]],
  ['a flag that floats', [...moved(DIGITS[3] as Ink, 0, 50), ...drawn('20,-10 90,-8')]],
  ['the flag of a wide 5', [...drawn('0,-8 150,-10'), ...moved(DIGITS[3] as Ink, 0, 0, 0.7)]],
  ['a 1 with a foot', drawn('50,0 50,100', '0,110 100,110')],
  ['a dash', drawn('0,0 100,0')],
] as [string, Ink][])('%s is one line', (_, ink) => {
  expect(inkLines(ink)).toEqual([[...ink.keys()]]);
});

test.each([
  ['nothing', []],
  ['strokes without points', [[], []]],
])('%s is no line', (_, ink) => {
  expect(inkLines(ink)).toEqual([]);
});

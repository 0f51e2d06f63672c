import { expect, test } from 'vitest';
import { historyOf, storedHistory } from '../../../../webapp/src/app/drawing/storedHistory';
import { type DrawnStroke, InkHistory, sheetOf } from '../../../../webapp/src/pad/inkHistory';

const [PLAIN] = sheetOf([[[0.1, 0.2], [0.3, 0.4]]]) as [DrawnStroke]; // biome-ignore format: points
const BY_PEN: DrawnStroke = { points: [[1, 1]], pressures: [0.75], byPen: true, reach: [1, 1] };
const HISTORY = InkHistory.EMPTY.add([PLAIN]).add([PLAIN, BY_PEN]).add([]).undo();

test('a history comes back as it was, its present state and the pen included', () => {
  const back = historyOf(structuredClone(storedHistory(HISTORY)));
  expect(back).toEqual(HISTORY);
  expect(back?.redo().sheet).toEqual([]);
});

test('strokes that states share are stored once, and shared again', () => {
  const stored = structuredClone(storedHistory(HISTORY));
  expect(new Set(stored.states.flat()).size).toBe(2);
  const back = historyOf(stored) as InkHistory;
  expect(back.sheet[0]).toBe(back.undo().sheet[0]);
});

const STROKE = { points: Float64Array.of(0, 1), reach: [0, 1] };

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a number', 7],
  ['no states', { states: [], at: 0 }],
  ['a place beyond them', { states: [[]], at: 1 }],
  ['a place between them', { states: [[], []], at: 0.5 }],
  ['states of another shape', { states: 'ink', at: 0 }],
  ['a sheet of another shape', { states: [[], 7], at: 0 }],
  ['a stroke that is none', { states: [[null]], at: 0 }],
  ['points in another form', { states: [[{ ...STROKE, points: [[0, 1]] }]], at: 0 }],
  ['an odd number of coordinates', { states: [[{ ...STROKE, points: Float64Array.of(0, 1, 2) }]], at: 0 }],
  ['no points', { states: [[{ ...STROKE, points: Float64Array.of() }]], at: 0 }],
  ['a coordinate that is no number', { states: [[{ ...STROKE, points: Float64Array.of(0, Number.NaN) }]], at: 0 }],
  ['pressures of other points', { states: [[{ ...STROKE, pressures: Float32Array.of(1, 1) }]], at: 0 }],
  ['no reach', { states: [[{ points: STROKE.points }]], at: 0 }],
  ['a reach without end', { states: [[{ ...STROKE, reach: [Number.POSITIVE_INFINITY, 1] }]], at: 0 }],
])('%s is no history', (_, value) => {
  expect(historyOf(value)).toBeNull();
});

test('a pressure that is none does not spoil the stroke', () => {
  const stored = { states: [[{ ...STROKE, pressures: Float32Array.of(Number.NaN) }]], at: 0 };
  expect(historyOf(stored)?.sheet[0]?.pressures).toEqual([0]);
});

import { beforeEach, expect, test } from 'vitest';
import type { Point } from '../../../webapp/src/ink';
import { type LiveStroke, StrokeRecorder } from '../../../webapp/src/pad/strokeRecorder';

// A pad unit is one CSS pixel here.
let strokes: LiveStroke[];
let taps: number[];
let recorder: StrokeRecorder;

beforeEach(() => {
  strokes = [];
  taps = [];
  recorder = new StrokeRecorder({
    onStroke: (stroke) => strokes.push(stroke),
    onTap: (fingers) => taps.push(fingers),
    holdsPenInk: () => strokes.some(({ byPen }) => byPen),
  });
});

const sample = (point: Point, time = 0, pressure = 0.5) => ({ point, time, pressure });

function down(id: number, kind: string, point: Point, time = 0, primary = false): boolean {
  return recorder.begin({ id, kind, primary, unit: 1 }, sample(point, time));
}

function move(id: number, ...points: Point[]): boolean {
  return recorder.extend(
    id,
    points.map((point) => sample(point)),
  );
}

/** The x of the first point of each finished stroke. */
function lefts(): (number | undefined)[] {
  return strokes.map(({ points }) => points[0]?.[0]);
}

test('a pointer down, moved and lifted is a stroke, in which equal points in a row are kept once', () => {
  expect(down(1, 'mouse', [0, 0])).toBe(true);
  expect(move(1, [0, 0], [0, 0])).toBe(false);
  expect(move(1, [1, 1], [1, 1], [0, 1], [0, 0])).toBe(true);
  expect(recorder.live).toHaveLength(1);
  expect(recorder.end(1, 0)).toBe(true);
  expect(recorder.live).toHaveLength(0);
  expect(strokes[0]?.points).toEqual([[0, 0], [1, 1], [0, 1], [0, 0]]); // biome-ignore format: points
});

test('two fingers draw beside each other, and their strokes come in the order in which they began', () => {
  down(1, 'touch', [0, 0]);
  move(1, [20, 0]);
  down(2, 'touch', [100, 0]);
  move(2, [120, 0]);
  move(1, [30, 0]);
  expect(recorder.live.map(({ points }) => points.length)).toEqual([3, 2]);
  recorder.end(2, 0);
  expect(strokes).toEqual([]);
  expect(recorder.live).toHaveLength(2);
  recorder.end(1, 0);
  expect(lefts()).toEqual([0, 100]);
});

test('a finger that goes down before the one before has lifted, then draws, is a second stroke', () => {
  down(1, 'touch', [0, 0]);
  move(1, [20, 0]);
  down(2, 'touch', [100, 0]);
  recorder.end(1, 0);
  move(2, [105, 0], [120, 0]);
  recorder.end(2, 0);
  expect(lefts()).toEqual([0, 100]);
  expect(strokes[1]?.points).toEqual([[100, 0], [105, 0], [120, 0]]); // biome-ignore format: points
});

test('a finger that rests while another draws is no ink, and holds up nothing', () => {
  down(1, 'touch', [0, 0]);
  expect(recorder.live).toHaveLength(1);
  down(2, 'touch', [100, 0]);
  expect(recorder.live).toHaveLength(0);
  move(1, [6, 6]);
  move(2, [120, 0]);
  recorder.end(2, 100);
  expect(lefts()).toEqual([100]);
  recorder.end(1, 200);
  expect(lefts()).toEqual([100]);
  expect(taps).toEqual([]);
});

test('a rested finger that moves on draws, from where it went down', () => {
  down(1, 'touch', [0, 0]);
  down(2, 'touch', [100, 0]);
  recorder.end(2, 1000);
  move(1, [9, 0], [11, 0]);
  expect(recorder.live).toHaveLength(1);
  recorder.end(1, 2000);
  expect(strokes[0]?.points).toEqual([[0, 0], [9, 0], [11, 0]]); // biome-ignore format: points
});

test.each([2, 3])('%i fingers, brief and still, are a tap and no ink', (count) => {
  for (let id = 1; id <= count; id++) down(id, 'touch', [100 * id, 0], 10 * id);
  move(1, [105, 5]);
  for (let id = count; id >= 1; id--) recorder.end(id, 200);
  expect(taps).toEqual([count]);
  expect(strokes).toEqual([]);
});

test.each([
  ['too long', 351, [105, 0], false],
  ['moved', 200, [111, 0], false],
  ['cancelled', 200, [105, 0], true],
] as [string, number, Point, boolean][])('two fingers are no tap: %s', (_, time, to, cancelled) => {
  down(1, 'touch', [100, 0]);
  down(2, 'touch', [200, 0]);
  move(1, to);
  if (cancelled) recorder.cancel(1);
  else recorder.end(1, time);
  recorder.end(2, time);
  expect(taps).toEqual([]);
});

test('one finger after the other makes dots, and taps nothing', () => {
  for (const id of [1, 2]) {
    down(id, 'touch', [100 * id, 0], id);
    recorder.end(id, id);
  }
  expect(lefts()).toEqual([100, 200]);
  expect(taps).toEqual([]);
});

test('a pen takes over from the hand that rests on the pad', () => {
  down(1, 'touch', [9, 9]);
  move(1, [50, 9]);
  expect(down(2, 'pen', [0, 0])).toBe(true);
  expect(recorder.end(1, 0)).toBe(false);
  expect(down(3, 'touch', [9, 9])).toBe(false);
  recorder.end(2, 0);
  expect(strokes.map(({ points, byPen }) => [points, byPen])).toEqual([[[[0, 0]], true]]);
});

test('after a pen has drawn, a palm that rests and lifts is no ink, however late', () => {
  down(1, 'pen', [0, 0]);
  recorder.end(1, 100);
  expect(down(2, 'touch', [50, 50], 1e6)).toBe(false);
  expect(recorder.end(2, 1e6)).toBe(false);
  expect(down(3, 'pen', [5, 0], 1e6)).toBe(true);
  recorder.end(3, 1e6);
  expect(lefts()).toEqual([0, 5]);
});

test('without ink of a pen, a finger draws three seconds after a pen was last seen', () => {
  recorder.seePen(1000);
  expect(down(1, 'touch', [0, 0], 3999)).toBe(false);
  expect(down(2, 'touch', [0, 0], 4000)).toBe(true);
});

test.each([
  ['mouse', 'touch'],
  ['touch', 'mouse'],
  ['pen', 'touch'],
  ['pen', 'mouse'],
  ['mouse', 'pen'],
])('while a %s draws, a %s does not', (one, other) => {
  down(1, one, [0, 0]);
  expect(down(2, other, [9, 9])).toBe(false);
  recorder.end(1, 0);
  expect(lefts()).toEqual([0]);
});

test.each(['mouse', 'touch', 'pen'])('the end of a %s that went unnoticed is made good by the next one', (kind) => {
  down(1, kind, [0, 0], 0, true);
  expect(down(2, kind, [9, 9], 5000, true)).toBe(true);
  recorder.end(2, 5000);
  expect(lefts()).toEqual([0, 9]);
});

test('a pointer that the system takes away leaves no ink, and holds up no other stroke', () => {
  down(1, 'touch', [0, 0]);
  move(1, [20, 0]);
  down(2, 'touch', [100, 0]);
  move(2, [120, 0]);
  recorder.end(2, 0);
  expect(recorder.cancel(1)).toBe(true);
  expect(recorder.end(1, 0)).toBe(false);
  expect(lefts()).toEqual([100]);
});

test('dropped strokes are forgotten; finished ones are kept, as far as they are ink', () => {
  down(1, 'touch', [0, 0]);
  recorder.drop();
  expect(move(1, [20, 0])).toBe(false);
  recorder.end(1, 0);
  expect(strokes).toEqual([]);
  down(2, 'touch', [50, 0]);
  down(3, 'touch', [90, 0]);
  move(3, [20, 0]);
  recorder.finish();
  expect(lefts()).toEqual([90]);
  expect(move(3, [40, 0])).toBe(false);
});

test('the pressure is what the pen reports', () => {
  recorder.begin({ id: 1, kind: 'pen', primary: true, unit: 1 }, sample([0, 0], 0, 0.1));
  recorder.extend(1, [sample([1, 0], 5, 0.5), sample([2, 0], 10, 0.9)]);
  recorder.end(1, 10);
  expect(strokes[0]?.pressures).toEqual([0.1, 0.5, 0.9]);
});

test.each(['pen', 'mouse'])('a %s that reports no pressure presses more where it is slow', (kind) => {
  recorder.begin({ id: 1, kind, primary: true, unit: 400 }, sample([0, 0]));
  recorder.extend(1, [sample([0.01, 0], 100), sample([1.01, 0], 200)]);
  recorder.end(1, 200);
  const [start, slow, fast] = (strokes[0] as LiveStroke).pressures as [number, number, number];
  expect(slow).toBeGreaterThan(start);
  expect(fast).toBeLessThan(start);
});

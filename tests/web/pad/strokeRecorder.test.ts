import { beforeEach, expect, test } from 'vitest';
import { StrokeRecorder } from '../../../webapp/src/pad/strokeRecorder';

let recorder: StrokeRecorder;

beforeEach(() => {
  recorder = new StrokeRecorder();
});

/** Draw a dot at each x. */
function dots(...places: number[]): void {
  for (const x of places) {
    recorder.begin(1, 'pen', [x, 0]);
    recorder.end(1);
  }
}

/** Expect the strokes that start at these x, then undo, and so on. */
function expectUndone(...lefts: number[][]): void {
  for (const left of lefts) {
    expect(recorder.ink.map(([point]) => point?.[0])).toEqual(left);
    recorder.undo();
  }
}

test('a pointer down, moved and lifted is a stroke, in which equal points in a row are kept once', () => {
  expect(recorder.begin(1, 'mouse', [0, 0])).toBe(true);
  expect(recorder.extend(1, [[0, 0], [0, 0]])).toBe(false); // biome-ignore format: points
  expect(recorder.extend(1, [[1, 1], [1, 1], [0, 1], [0, 0]])).toBe(true); // biome-ignore format: points
  expect(recorder.drawing).toBe(true);
  expect(recorder.end(1)).toBe(true);
  expect(recorder.drawing).toBe(false);
  expect(recorder.ink).toEqual([[[0, 0], [1, 1], [0, 1], [0, 0]]]); // biome-ignore format: points
});

test('a second finger draws nothing and does not end the first', () => {
  recorder.begin(1, 'touch', [0, 0]);
  expect(recorder.begin(2, 'touch', [9, 9])).toBe(false);
  expect(recorder.extend(2, [[8, 8]])).toBe(false);
  expect(recorder.end(2)).toBe(false);
  recorder.extend(1, [[1, 1]]);
  recorder.end(1);
  expect(recorder.ink).toEqual([[[0, 0], [1, 1]]]); // biome-ignore format: points
});

test('a pen takes over from the hand that rests on the pad, a touch not from a pen', () => {
  recorder.begin(1, 'touch', [9, 9]);
  expect(recorder.begin(2, 'pen', [0, 0])).toBe(true);
  expect(recorder.end(1)).toBe(false);
  expect(recorder.begin(3, 'touch', [9, 9])).toBe(false);
  recorder.end(2);
  expect(recorder.ink).toEqual([[[0, 0]]]);
});

test('a first finger ends the stroke of one whose end went unnoticed', () => {
  recorder.begin(1, 'touch', [0, 0], true);
  expect(recorder.begin(2, 'touch', [9, 9], true)).toBe(true);
  recorder.end(2);
  expect(recorder.ink).toEqual([[[0, 0]], [[9, 9]]]);
});

test('ink that was handed out does not change with later drawing', () => {
  recorder.begin(1, 'mouse', [0, 0]);
  const { ink } = recorder;
  recorder.extend(1, [[1, 1]]);
  expect(ink).toEqual([[[0, 0]]]);
});

test('undo takes the stroke being drawn back, then the ones before', () => {
  dots(1, 2);
  recorder.begin(3, 'mouse', [3, 0]);
  recorder.undo();
  expect(recorder.extend(3, [[4, 0]])).toBe(false);
  expectUndone([1, 2], [1], [], []);
});

test('a stroke may be taken out but for a part, and comes back whole', () => {
  recorder.restore([[[0, 0], [1, 0], [2, 0]], [[5, 5]]]); // biome-ignore format: points
  recorder.remove([0], [[[1, 0], [2, 0]]]); // biome-ignore format: points
  expect(recorder.ink).toEqual([[[5, 5]], [[1, 0], [2, 0]]]); // biome-ignore format: points
  recorder.undo();
  expect(recorder.ink).toEqual([[[0, 0], [1, 0], [2, 0]], [[5, 5]]]); // biome-ignore format: points
});

test('strokes are taken out by their places, and undo brings them back first', () => {
  dots(0, 1, 2, 3);
  recorder.remove([0, 2]);
  expectUndone([1, 3], [0, 1, 2, 3], [0, 1, 2]);
});

test('after a new stroke, undo takes that one back and not the removal', () => {
  dots(0, 1);
  recorder.remove([0]);
  dots(5);
  expectUndone([1, 5], [1], []);
});

test('restored ink replaces everything, the stroke being drawn and what was taken out too', () => {
  dots(0, 1);
  recorder.remove([0]);
  recorder.begin(2, 'mouse', [0, 0]);
  recorder.restore([]);
  expect(recorder.end(2)).toBe(false);
  dots(0, 1);
  recorder.remove([0]);
  recorder.restore([]);
  recorder.undo();
  expect(recorder.ink).toEqual([]);
});

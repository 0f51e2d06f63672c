import { expect, test } from 'vitest';
import { StrokeRecorder } from '../../../webapp/src/pad/strokeRecorder';

test('a pointer down, moved and lifted is a stroke', () => {
  const recorder = new StrokeRecorder();
  expect(recorder.begin(1, 'mouse', [0, 0])).toBe(true);
  expect(recorder.extend(1, [[1, 1], [2, 2]])).toBe(true); // biome-ignore format: points
  expect(recorder.drawing).toBe(true);
  expect(recorder.end(1)).toBe(true);
  expect(recorder.drawing).toBe(false);
  expect(recorder.ink).toEqual([[[0, 0], [1, 1], [2, 2]]]); // biome-ignore format: points
});

test('equal points in a row are kept once', () => {
  const recorder = new StrokeRecorder();
  recorder.begin(1, 'mouse', [0, 0]);
  expect(recorder.extend(1, [[0, 0], [0, 0]])).toBe(false); // biome-ignore format: points
  expect(recorder.extend(1, [[0, 1], [0, 1], [0, 0]])).toBe(true); // biome-ignore format: points
  expect(recorder.ink).toEqual([[[0, 0], [0, 1], [0, 0]]]); // biome-ignore format: points
});

test('a second finger draws nothing and does not end the first', () => {
  const recorder = new StrokeRecorder();
  recorder.begin(1, 'touch', [0, 0]);
  expect(recorder.begin(2, 'touch', [9, 9])).toBe(false);
  expect(recorder.extend(2, [[8, 8]])).toBe(false);
  expect(recorder.end(2)).toBe(false);
  recorder.extend(1, [[1, 1]]);
  recorder.end(1);
  expect(recorder.ink).toEqual([[[0, 0], [1, 1]]]); // biome-ignore format: points
});

test('a pen takes over from the hand that rests on the pad', () => {
  const recorder = new StrokeRecorder();
  recorder.begin(1, 'touch', [9, 9]);
  expect(recorder.begin(2, 'pen', [0, 0])).toBe(true);
  expect(recorder.end(1)).toBe(false);
  recorder.end(2);
  expect(recorder.ink).toEqual([[[0, 0]]]);
});

test('a first finger ends the stroke of one whose end went unnoticed', () => {
  const recorder = new StrokeRecorder();
  recorder.begin(1, 'touch', [0, 0], true);
  expect(recorder.begin(2, 'touch', [9, 9], true)).toBe(true);
  recorder.end(2);
  expect(recorder.ink).toEqual([[[0, 0]], [[9, 9]]]);
});

test('a touch does not take over from a pen', () => {
  const recorder = new StrokeRecorder();
  recorder.begin(1, 'pen', [0, 0]);
  expect(recorder.begin(2, 'touch', [9, 9])).toBe(false);
});

test('ink that was handed out does not change with later drawing', () => {
  const recorder = new StrokeRecorder();
  recorder.begin(1, 'mouse', [0, 0]);
  const { ink } = recorder;
  recorder.extend(1, [[1, 1]]);
  expect(ink).toEqual([[[0, 0]]]);
});

test('undo takes the stroke being drawn back, then the ones before', () => {
  const recorder = new StrokeRecorder();
  for (const id of [1, 2]) {
    recorder.begin(id, 'mouse', [id, 0]);
    recorder.end(id);
  }
  recorder.begin(3, 'mouse', [3, 0]);
  expect(recorder.undo()).toBe(true);
  expect(recorder.extend(3, [[4, 0]])).toBe(false);
  expect(recorder.ink).toEqual([[[1, 0]], [[2, 0]]]);
  expect(recorder.undo()).toBe(true);
  expect(recorder.ink).toEqual([[[1, 0]]]);
  expect([recorder.undo(), recorder.undo()]).toEqual([true, false]);
  expect(recorder.ink).toEqual([]);
});

test('a stroke may be taken out but for a part, and comes back whole', () => {
  const recorder = new StrokeRecorder();
  recorder.restore([[[0, 0], [1, 0], [2, 0]], [[5, 5]]]); // biome-ignore format: points
  recorder.remove([0], [[[1, 0], [2, 0]]]); // biome-ignore format: points
  expect(recorder.ink).toEqual([[[5, 5]], [[1, 0], [2, 0]]]); // biome-ignore format: points
  recorder.undo();
  expect(recorder.ink).toEqual([[[0, 0], [1, 0], [2, 0]], [[5, 5]]]); // biome-ignore format: points
});

test('clear takes everything back, the stroke being drawn too', () => {
  const recorder = new StrokeRecorder();
  recorder.begin(1, 'mouse', [0, 0]);
  recorder.end(1);
  recorder.begin(2, 'mouse', [0, 0]);
  recorder.clear();
  expect(recorder.end(2)).toBe(false);
  expect(recorder.ink).toEqual([]);
});

const drawn = (...places: number[]): StrokeRecorder => {
  const recorder = new StrokeRecorder();
  for (const place of places) {
    recorder.begin(1, 'pen', [place, 0]);
    recorder.end(1);
  }
  return recorder;
};
const places = (recorder: StrokeRecorder) => recorder.ink.map(([point]) => point?.[0]);

test('strokes are taken out by their places, and undo brings them back first', () => {
  const recorder = drawn(0, 1, 2, 3);
  recorder.remove([0, 2]);
  expect(places(recorder)).toEqual([1, 3]);
  expect(recorder.undo()).toBe(true);
  expect(places(recorder)).toEqual([0, 1, 2, 3]);
  expect(recorder.undo()).toBe(true);
  expect(places(recorder)).toEqual([0, 1, 2]);
});

test('after a new stroke, undo takes that one back and not the removal', () => {
  const recorder = drawn(0, 1);
  recorder.remove([0]);
  recorder.begin(1, 'pen', [5, 0]);
  recorder.end(1);
  recorder.undo();
  expect(places(recorder)).toEqual([1]);
  recorder.undo();
  expect(places(recorder)).toEqual([]);
});

test('what was taken out is gone once the pad is cleared', () => {
  const recorder = drawn(0, 1);
  recorder.remove([0]);
  recorder.clear();
  expect(recorder.undo()).toBe(false);
});

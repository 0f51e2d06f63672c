import { expect, test } from 'vitest';
import { type DrawnStroke, InkHistory, sheetOf } from '../../../webapp/src/pad/inkHistory';

const [A, B, C] = sheetOf([[[0, 0]], [[1, 1]], [[2, 2]]]) as [DrawnStroke, DrawnStroke, DrawnStroke];

/** A history of these sheets, one after the other. */
function historyOf(...sheets: DrawnStroke[][]): InkHistory {
  return sheets.reduce((history, sheet) => history.add(sheet), InkHistory.EMPTY);
}

test('undo goes back state by state to the empty sheet, and redo forward again', () => {
  const cleared = historyOf([A], [A, B], []);
  const undone = cleared.undo();
  expect(undone.sheet).toEqual([A, B]);
  expect(undone.undo().undo().sheet).toEqual([]);
  expect(undone.undo().redo()).toEqual(undone);
  expect(undone.redo().sheet).toEqual([]);
  expect([cleared.canUndo, cleared.canRedo, undone.canRedo]).toEqual([true, false, true]);
});

test('at both ends there is no further state', () => {
  const history = historyOf([A]);
  expect(history.redo()).toBe(history);
  expect(history.undo().undo()).toEqual(history.undo());
  expect(history.undo().canUndo).toBe(false);
});

test('after another state, what was undone can not be redone', () => {
  const history = historyOf([A], [A, B]).undo().add([A, C]);
  expect(history.canRedo).toBe(false);
  expect(history.undo().sheet).toEqual([A]);
  expect(history.sheet).toEqual([A, C]);
});

test('a history never changes', () => {
  const history = historyOf([A]);
  history.add([A, B]);
  history.undo();
  expect(history).toEqual(historyOf([A]));
});

test('the oldest of more than 100 states are forgotten', () => {
  let history = InkHistory.EMPTY;
  for (let i = 1; i <= 150; i++) history = history.add(Array(i).fill(A));
  expect(history.sheet).toHaveLength(150);
  expect(history.states).toHaveLength(100);
  while (history.canUndo) history = history.undo();
  expect(history.sheet).toHaveLength(51);
});

test('a place without a state is refused', () => {
  expect(() => new InkHistory([[]], 1)).toThrow(RangeError);
});

test('ink from elsewhere is in view with all its points; a stroke without points is left out', () => {
  expect(sheetOf([[[3, 1], [1, 4]], []])).toEqual([{ points: [[3, 1], [1, 4]], reach: [3, 4] }]); // biome-ignore format: points
});

import { expect, test } from 'vitest';
import { digitsOf, editValue } from '../../../../webapp/src/element/line/editValue';
import { type InkReading, NO_INK, NOTHING_SAID, typedText, valueText } from '../../../../webapp/src/element/padText';
import type { Stroke } from '../../../../webapp/src/ink';
import type { DigitReading } from '../../../../webapp/src/reading';

/** A reading of digits side by side, each of so many strokes; `?` for an unsure one. */
function read(text: string, strokesOf: readonly number[] = [...text].map(() => 1)): InkReading {
  const ink: Stroke[] = [];
  const digits = [...text].map((name, i): DigitReading => {
    const strokes = Array.from({ length: strokesOf[i] ?? 1 }, (_, k) => {
      ink.push([
        [i, k],
        [i, k + 1],
      ]);
      return ink.length - 1;
    });
    const digit = name === '?' ? null : Number(name);
    return { digit, confidence: 1, probabilities: [], box: { x: i, y: 0, width: 0, height: 1 }, strokes };
  });
  return { reading: { text, digits }, ink };
}

const says = (shown: InkReading | null, edit: { text: typeof NOTHING_SAID }) => valueText(edit.text, shown ?? NO_INK);

test('a digit that is deleted loses its strokes, and the others are known at once by their new numbers', () => {
  const edit = editValue(NOTHING_SAID, read('427', [2, 1, 1]), '47', 1);
  expect(edit.remove).toEqual([2]);
  expect(edit.shown?.reading.digits.map(({ strokes }) => strokes)).toEqual([[0, 1], [2]]);
  expect(edit.shown?.ink).toEqual(read('427', [2, 1, 1]).ink.filter((_, i) => i !== 2));
  expect(says(edit.shown, edit)).toBe('47');
});

test.each([
  ['the first', 0, [0]],
  ['the second', 1, [1]],
  ['the last', 2, [2]],
])('of equal digits %s is deleted where the caret is', (_, caret, strokes) => {
  expect(editValue(NOTHING_SAID, read('111'), '11', caret).remove).toEqual(strokes);
});

test('several digits in a row are deleted at once, typed ones too', () => {
  const edit = editValue(typedText('98'), read('427'), '97', 1);
  expect(edit.text.typed).toBe('9');
  expect(edit.remove).toEqual([0, 1]);
  expect(says(edit.shown, edit)).toBe('97');
});

test('as many digits in their place correct them, and all they say stays with the ink', () => {
  const shown = read('4?7');
  const edit = editValue(NOTHING_SAID, shown, '427', 2);
  expect(edit.remove).toEqual([]);
  expect(valueText(edit.text, shown)).toBe('427');
  const again = editValue(edit.text, shown, '327', 1);
  expect(valueText(again.text, shown)).toBe('327');
  expect(valueText(again.text, read('4?71'))).toBe('3271');
});

test('typed and read digits are replaced in one edit', () => {
  const shown = read('42');
  const edit = editValue(typedText('1'), shown, '562', 2);
  expect(edit.text.typed).toBe('5');
  expect(valueText(edit.text, shown)).toBe('562');
});

test.each([
  ['before', '942', 1, '9'],
  ['in the typed part', '1942', 2, '19'],
])('digits that are typed %s what was read leave the ink', (_, value, caret, typed) => {
  const edit = editValue(typedText(typed === '9' ? '' : '1'), read('42'), value, caret);
  expect(edit).toMatchObject({ text: { typed }, remove: [] });
  expect(says(edit.shown, edit)).toBe(value);
});

test.each([
  ['behind', '423', 3],
  ['among', '432', 2],
  ['instead of more of', '3', 1],
])('digits %s what was read make all of it typed text', (_, value, caret) => {
  expect(editValue(NOTHING_SAID, read('42'), value, caret)).toEqual({
    text: typedText(value),
    remove: 'all',
    rest: [],
    shown: null,
  });
});

test('what is emptied, or edited while there is newer ink, is typed text', () => {
  expect(editValue(typedText('1'), read('42'), '')).toMatchObject({ text: typedText(''), remove: 'all' });
  expect(editValue(NOTHING_SAID, null, '4')).toMatchObject({ text: typedText('4'), remove: 'all' });
});

test('of a stroke that goes on into another digit, the other digit keeps its part', () => {
  const part: Stroke = [
    [5, 5],
    [6, 6],
  ];
  const { reading, ink } = read('42');
  const [four, two] = reading.digits as [DigitReading, DigitReading];
  const joined = { ...two, strokes: [0, 1], ink: [part, ink[1] as Stroke] };
  const shown = { reading: { text: '42', digits: [four, joined] }, ink };
  expect(editValue(NOTHING_SAID, shown, '2', 0)).toMatchObject({ remove: [0], rest: [part], shown: null });
});

test('digits of any script are digits', () => {
  expect(digitsOf('1٣-x５ ९?')).toBe('1359');
});

import { type Ink, nameOfInk } from '../../ink';
import { inkOfDigit, type Reading } from '../../reading';
import { type InkReading, type PadText, typedText, valueText } from '../padText';

/** What an edit of the value does to a pad. */
export interface Edit {
  readonly text: PadText;
  /** Strokes to remove, by their places in the ink; or all of them. */
  readonly remove: readonly number[] | 'all';
  /** Parts of removed strokes that other digits keep. */
  readonly rest: Ink;
  /** The reading of the ink that stays, until it is read again; null where that is not known. */
  readonly shown: InkReading | null;
}

/**
 * Turn an edit of the value into one of the pad. Digits that were read and are deleted lose their strokes; those that
 * others of the same number replace keep them, and are called so from then on. Any other edit of what was read makes all of
 * it typed text, and removes the ink.
 *
 * @param shown the reading of all ink on the pad; null while there is newer ink.
 * @param value what it should be.
 * @param caret where the caret is in `value`: which of two equal digits was deleted.
 */
export function editValue(text: PadText, shown: InkReading | null, value: string, caret = value.length): Edit {
  const typedOnly: Edit = { text: typedText(value), remove: 'all', rest: [], shown: null };
  if (shown === null || value === '') return typedOnly;
  const before = valueText(text, shown);
  const { start, end, inserted } = difference(before, value, caret);
  const { digits } = shown.reading;
  const typedEnd = text.typed.length;
  if (end <= typedEnd) {
    const typed = value.slice(0, value.length - (before.length - typedEnd));
    return { text: { ...text, typed }, remove: [], rest: [], shown };
  }
  const read = digits.slice(Math.max(start - typedEnd, 0), end - typedEnd);
  if (inserted.length === end - start) {
    const said = new Map(text.said);
    const labels = inserted.slice(inserted.length - read.length);
    for (const [i, digit] of read.entries()) said.set(nameOfInk(inkOfDigit(digit, shown.ink)), Number(labels[i]));
    return { text: { typed: value.slice(0, typedEnd), said }, remove: [], rest: [], shown };
  }
  if (inserted !== '') return typedOnly;
  const remove = read.flatMap(({ strokes }) => strokes ?? []);
  const kept = digits.filter((digit) => !read.includes(digit));
  const rest = kept.flatMap(({ strokes, ink }) => ink?.filter((_, i) => remove.includes(strokes?.[i] ?? -1)) ?? []);
  const typed = text.typed.slice(0, start);
  const left = rest.length > 0 ? null : without(kept, shown.ink, remove);
  return { text: { ...text, typed }, remove, rest, shown: left };
}

/** Where two texts differ: from `start` to `end` of the first, which became `inserted`. */
function difference(before: string, after: string, caret: number): { start: number; end: number; inserted: string } {
  let same = after.length - caret;
  if (!before.endsWith(after.slice(caret))) same = 0;
  same = Math.min(same, before.length);
  const most = Math.min(before.length, after.length) - same;
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  // What stands after the caret may go on equal before it: then less was replaced.
  while (same < Math.min(before.length, after.length) - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { start, end: before.length - same, inserted: after.slice(start, after.length - same) };
}

/** The reading of the ink that is left, its strokes numbered anew. */
function without(digits: Reading['digits'], ink: Ink, removed: readonly number[]): InkReading {
  const left = [...ink.keys()].filter((stroke) => !removed.includes(stroke));
  const kept = digits.map((digit) => ({
    ...digit,
    strokes: digit.strokes?.map((stroke) => left.indexOf(stroke)) ?? [],
  }));
  return {
    reading: { text: kept.map(({ digit }) => digit ?? '?').join(''), digits: kept },
    ink: left.map((i) => ink[i] ?? []),
  };
}

/** The digits of a text as 0 to 9, whatever script they are written in; all else is left out. */
export function digitsOf(text: string): string {
  return [...text].map((character) => (/^\p{Nd}$/u.test(character) ? digitValue(character) : '')).join('');
}

/** The value of a decimal digit of any script: Unicode has each script's ten in a row, from 0 to 9. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) as number;
  let zero = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return (code - zero) % 10; // some sets of ten follow each other
}

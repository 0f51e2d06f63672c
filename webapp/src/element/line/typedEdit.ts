import { digitsOf } from './editValue';

/** A text, and where it is selected. */
export interface Selected {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/**
 * What a text becomes by an edit that the browser announces, with the caret behind it; null for an edit that changes
 * nothing, or is none.
 *
 * @param type InputEvent.inputType.
 * @param data InputEvent.data: only digits of it are taken.
 */
export function typedEdit(type: string, data: string, { value, start, end }: Selected): Omit<Selected, 'end'> | null {
  const replace = (from: number, to: number, by = '') => ({
    value: value.slice(0, from) + by + value.slice(to),
    start: from + by.length,
  });
  if (type.startsWith('insert')) {
    const digits = digitsOf(data);
    return digits ? replace(start, end, digits) : null;
  }
  if (!type.startsWith('delete')) return null;
  if (start < end) return replace(start, end);
  const byWord = /Word|Line/.test(type); // all digits are one word
  const edit = type.endsWith('Forward')
    ? replace(start, byWord ? value.length : start + 1)
    : replace(byWord ? 0 : Math.max(start - 1, 0), start);
  return edit.value === value ? null : edit;
}

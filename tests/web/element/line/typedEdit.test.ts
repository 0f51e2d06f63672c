import { expect, test } from 'vitest';
import { typedEdit } from '../../../../webapp/src/element/line/typedEdit';

test.each([
  ['insertText', '5', '12|3', '1253', 3],
  ['insertFromPaste', 'a4-5', '1[23]4', '1454', 3],
  ['insertText', 'x', '1[2]3', null, 0],
  ['deleteContentBackward', '', '12|3', '13', 1],
  ['deleteContentForward', '', '12|3', '12', 2],
  ['deleteContentBackward', '', '|12', null, 0],
  ['deleteContentForward', '', '12|', null, 0],
  ['deleteByCut', '', '1[23]', '1', 1],
  ['deleteWordBackward', '', '12|3', '3', 0],
  ['deleteSoftLineForward', '', '1|23', '1', 1],
  ['formatBold', '', '1[2]3', null, 0],
] as const)('%s of "%s" in %s', (type, data, marked, value, caret) => {
  const text = marked.replace(/[[\]|]/g, '');
  const start = marked.search(/[[|]/);
  const end = marked.includes(']') ? marked.indexOf(']') - 1 : start;
  const edit = typedEdit(type, data, { value: text, start, end });
  expect(edit).toEqual(value === null ? null : { value, start: caret });
});

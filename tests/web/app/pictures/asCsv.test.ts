import { expect, test } from 'vitest';
import { asCsv, asText } from '../../../../webapp/src/app/pictures/asCsv';

const columns = ['file', 'number', 'confidence', 'remark'];
const read = (name: string, ...lines: string[]) => ({ name, lines, confidence: 0.98765, remark: '' });

test('each file has a row, what was not read its reason', () => {
  const failed = { name: 'b.png', lines: [], confidence: null, remark: 'The file is empty; choose another.' };
  expect(asCsv([read('a.png', '20', '26'), failed], columns)).toBe(
    '\ufefffile,number,confidence,remark\r\na.png,20 26,0.9877,\r\nb.png,,,The file is empty; choose another.\r\n',
  );
  expect(asText([read('a.png', '20', '26'), failed])).toBe('a.png\t20 26\nb.png\tThe file is empty; choose another.');
});

test.each([
  ['=1+1', `"'=1+1"`],
  ['+1', `"'+1"`],
  ['-1', `"'-1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  [' =1', `"' =1"`],
  ['\t=1', `"' =1"`],
  ['＝1', `"'＝1"`],
  ['a"b,c', '"a""b,c"'],
  ['two\r\nlines', 'two lines'],
])('the name %j stands as %s, and no spreadsheet runs it', (name, field) => {
  expect(asCsv([read(name, '7')], columns).split('\r\n')[1]).toBe(`${field},7,0.9877,`);
});

// A spreadsheet removes quotes before it looks at a field. Only the formula stays text in Excel and in LibreOffice.
test.each([
  ['00417', '="00417"', '"=""00417"""'],
  ['123456789012', '="123456789012"', '"=""123456789012"""'],
  ['0', '0', '0'],
  ['417', '417', '417'],
  ['00?7', '00?7', '00?7'],
  ['', '', ''],
])('the number %j keeps all its digits in a spreadsheet', (number, pasted, field) => {
  expect(asCsv([read('a.png', number)], columns).split('\r\n')[1]).toBe(`a.png,${field},0.9877,`);
  expect(asText([read('a.png', number)])).toBe(`a.png\t${pasted}`);
});

test('names in any script are told by the mark to be UTF-8', () => {
  const bytes = new TextEncoder().encode(asCsv([read('счёт №7.png', '7'), read('领收书.png', '7')], columns));
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes)).toContain('\r\nсчёт №7.png,7,0.9877,\r\n领收书.png,7,0.9877,\r\n');
});

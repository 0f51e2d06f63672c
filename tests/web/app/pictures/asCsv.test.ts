import { expect, test } from 'vitest';
import { asCsv, asText } from '../../../../webapp/src/app/pictures/asCsv';

const read = (name: string, ...lines: string[]) => ({ name, lines, confidence: 0.98765, remark: '' });

test('each file has a row, what was not read its reason', () => {
  const failed = { name: 'b.png', lines: [], confidence: null, remark: 'The file is empty; choose another.' };
  expect(asCsv([read('a.png', '20', '26'), failed])).toBe(
    'file,number,confidence,remark\r\na.png,20 26,0.9877,\r\nb.png,,,The file is empty; choose another.\r\n',
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
  expect(asCsv([read(name, '7')]).split('\r\n')[1]).toBe(`${field},7,0.9877,`);
});

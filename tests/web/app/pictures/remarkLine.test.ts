import { expect, test } from 'vitest';
import { remarkLine } from '../../../../webapp/src/app/pictures/remarkLine';
import { de } from '../../../../webapp/src/app/texts/pictures/de';
import { en } from '../../../../webapp/src/app/texts/pictures/en';
import { es } from '../../../../webapp/src/app/texts/pictures/es';

const NONE = { turned: 0, linesRemoved: null, emptyBoxes: [], leftOut: 0, cutOff: 0, notRead: 0 } as const;
const ALL = { turned: 90, linesRemoved: 'boxes', emptyBoxes: [], leftOut: 3, cutOff: 1, notRead: 350 } as const;

test.each([
  [NONE, ''],
  [{ ...NONE, linesRemoved: 'boxes' as const }, 'Without its boxes.'],
  [{ ...NONE, linesRemoved: 'paper' as const }, 'Without the lines of the paper.'],
  [{ ...NONE, turned: 180 as const }, 'Turned upright.'],
  [{ ...NONE, leftOut: 1 }, '1 other sign left out.'],
  [{ ...NONE, cutOff: 2 }, '2 are cut at the edge.'],
  [{ ...NONE, notRead: 1 }, '1 more was not read.'],
  [ALL, '350 more were not read. 1 is cut at the edge. Turned upright, without its boxes, 3 other signs left out.'],
])('of %o it says "%s"', (remarks, line) => {
  expect(remarkLine(remarks, en.remarks)).toBe(line);
});

test('who has turned a picture knows it', () => {
  expect(remarkLine({ ...NONE, turned: 90 }, en.remarks, true)).toBe('');
});

test.each([
  ['de', de, '350 weitere nicht gelesen. 1 am Rand abgeschnitten. Aufrecht gedreht, ohne die Kästchen, 3 andere'],
  ['es', es, '350 más sin leer. 1 cortada en el borde. Girada, sin las casillas, 3 signos más'],
])('it says the same in %s', (_, { remarks }, start) => {
  expect(remarkLine(ALL, remarks).startsWith(start)).toBe(true);
});

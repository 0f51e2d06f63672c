import { expect, test } from 'vitest';
import { asJson } from '../../../../webapp/src/app/pictures/asJson';
import { digitsOf, emptyPlacesOf } from '../../../../webapp/src/app/pictures/pictureResult';

const probabilities = [0.9, 0.1 / 3, 0, 0, 0, 0, 0.2 / 3, 0, 0, 0];
const box = { x: 1 / 3, y: 2, width: 10, height: 20 };
const remarks = {
  turned: 90,
  linesRemoved: 'boxes',
  emptyBoxes: [{ box: { x: 20, y: 2, width: 10, height: 20 }, before: 1 }],
  leftOut: 2,
  cutOff: 0,
  notRead: 0,
} as const;
const reading = {
  text: '0?',
  lines: ['0?'],
  digits: [
    { digit: 0, confidence: 0.9, probabilities, box },
    { digit: null, confidence: 0.51234567, probabilities, box },
  ],
  images: new Float32Array(2 * 784),
  nothing: null,
  remarks,
  truncated: false,
  width: 300,
  height: 200,
  preview: null,
};
const rounded = [0.9, 0.0333, 0, 0, 0, 0, 0.0667, 0, 0, 0];
const roundedBox = { x: 0.3333, y: 2, width: 10, height: 20 };

test('each picture has its number, its digits with their boxes, what was done with it, and what the user said', () => {
  const [zero, unsure] = digitsOf(reading) as [ReturnType<typeof digitsOf>[0], ReturnType<typeof digitsOf>[0]];
  const digits = [zero, { ...unsure, said: 6 }];
  const saved = asJson([{ name: 'form.png', reading, digits, empty: emptyPlacesOf(reading) }]);
  expect(JSON.parse(saved)).toEqual({
    format: 'digitpad-pictures',
    version: 1,
    pictures: [
      {
        name: 'form.png',
        error: null,
        width: 300,
        height: 200,
        lines: ['0_6'],
        digits: [
          { digit: 0, confidence: 0.9, probabilities: rounded, box: roundedBox },
          { digit: null, confidence: 0.5123, probabilities: rounded, box: roundedBox, said: 6 },
        ],
        remarks,
      },
    ],
  });
});

test('a digit that the user said is none is there, with null; a file that was not read has its reason', () => {
  const digits = digitsOf(reading).map((one) => ({ ...one, said: null }));
  const failed = { name: 'счёт "7".pdf', why: 'This file is empty. Choose another.' };
  const { pictures } = JSON.parse(asJson([{ name: 'a.png', reading, digits, empty: [] }, failed]));
  expect(pictures[0].lines).toEqual([]);
  expect(pictures[0].digits.map((one: { said?: unknown }) => one.said)).toEqual([null, null]);
  const nothing = { width: null, height: null, lines: [], digits: [], remarks: null };
  expect(pictures[1]).toEqual({ name: failed.name, error: failed.why, ...nothing });
});

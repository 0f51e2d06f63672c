import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../../webapp/src/errors';
import { checkExamples } from '../../../../webapp/src/recognizer/page/checkExamples';

const ink = [[[1, 2]]];
const pixels = new Uint8Array(784).fill(255);

test.each([
  [undefined, 'What is to be learnt is undefined; give { add, forget }.'],
  [{ add: { id: 'a' } }, 'add is [object Object]; give an array of examples.'],
  [{ forget: 'a' }, 'forget is "a"; give an array of ids.'],
  [{ forget: [1] }, 'The id of an example is 1; give a text.'],
  [{ add: [null] }, 'The id of an example is undefined; give a text.'],
  [{ add: [{ id: 'a', label: 12, ink }] }, 'The label of a is 12; give 0 to 9, or null for no digit.'],
  [{ add: [{ id: 'a', label: 1.5, ink }] }, 'The label of a is 1.5; give 0 to 9, or null for no digit.'],
  [{ add: [{ id: 'a', ink }] }, 'The label of a is undefined; give 0 to 9, or null for no digit.'],
  [{ add: [{ id: 'a', label: '1', ink }] }, 'The label of a is "1"; give 0 to 9, or null for no digit.'],
  [{ add: [{ id: 'a', label: 1 }] }, 'The number of pixels of a is undefined; give 784 pixels, or ink.'],
  [{ add: [{ id: 'a', label: 1, pixels: [1] }] }, 'The number of pixels of a is 1; give 784 pixels, or ink.'],
  [{ add: [{ id: 'a', label: 1, ink: [] }] }, 'The ink of a is []; give at least one point.'],
  [
    { add: [{ id: 'a', label: 1, pixels: Object.assign(Array(784).fill(0), { 5: 256 }) }] },
    'Pixel 5 of a is 256; give each as 0 to 255 of ink.',
  ],
])('%j is refused', (change, message) => {
  expect(() => checkExamples(change)).toThrow(InvalidInputError);
  expect(() => checkExamples(change)).toThrow(message);
});

test('examples of ink, of pixels and of no digit, and ids to forget, are right', () => {
  const add = [
    { id: 'a', label: 0, ink },
    { id: 'b', label: 9, pixels },
    { id: 'c', label: null, pixels: [...pixels] },
  ];
  for (const change of [{}, { add }, { add, forget: ['d'] }]) expect(() => checkExamples(change)).not.toThrow();
});

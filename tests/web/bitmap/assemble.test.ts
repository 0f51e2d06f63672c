import { expect, test } from 'vitest';
import { assemble } from '../../../webapp/src/bitmap/assemble';

/** What the network reads as `digit`, in a row, with its foot at y = 100. */
function candidate(place: number, digit: number, confidence: number, height = 40) {
  const probabilities = Array<number>(10).fill((1 - confidence) / 9);
  probabilities[digit] = confidence;
  const box = { x: 30 * place, y: 100 - height, width: 20, height };
  return { box, image: new Float32Array(784), probabilities, confidence };
}

const read = (...line: ReturnType<typeof candidate>[]) => assemble([line], [40], 0.8, { width: 400, height: 200 });

test('what the network takes for a digit is not named where its line tells that it is none', () => {
  const digits = [candidate(0, 3, 0.9995), candidate(2, 8, 0.9995), candidate(3, 6, 0.9995)];
  expect(read(...digits, candidate(4, 1, 0.97)).text).toBe('3861');
  const { text, remarks } = read(...digits, candidate(4, 1, 0.97, 85));
  expect(text.replace('?', '')).toBe('386');
  expect(remarks.leftOut + text.length).toBe(4);
});

test('an unsure digit is a question mark, ink at the edge is counted', () => {
  const { text, remarks } = read(candidate(0, 3, 0.9995), candidate(1, 2, 0.6), candidate(2, 8, 0.9995));
  expect(text).toBe('3?8');
  expect(remarks.cutOff).toBe(1);
});

test.each<[string, string, ReturnType<typeof candidate>[]]>([
  ['alone is a question mark', '?', [candidate(1, 6, 0.2)]],
  ['beside digits is left out', '38', [candidate(0, 3, 0.9995), candidate(1, 6, 0.2), candidate(2, 8, 0.9995)]],
  ['that the network refuses clearly is left out even alone', '', [candidate(1, 6, 0.14)]],
])('what is hardly a digit and stands %s', (_, text, line) => {
  expect(read(...line).text).toBe(text);
});

test('a piece of which no part is a digit is shown as a whole, in its place, if that may be one', () => {
  const cut = (whole: ReturnType<typeof candidate>) =>
    [candidate(2, 1, 0.97, 30), candidate(3, 3, 0.5, 35)].map((part) => ({ ...part, cutFrom: whole }));
  const around = (...middle: ReturnType<typeof candidate>[]) =>
    read(
      candidate(0, 4, 0.99999),
      candidate(1, 5, 0.99999),
      ...middle,
      candidate(5, 8, 0.99999),
      candidate(6, 9, 0.99999),
    );
  expect(around(...cut(candidate(2, 6, 0.1))).text).toBe('4589');
  const { text, digits, remarks } = around(...cut(candidate(2, 6, 0.41)));
  expect(text).toBe('45?89');
  expect(digits[2]?.probabilities.indexOf(0.41)).toBe(6);
  expect(remarks.leftOut).toBe(0);
  const sure = candidate(2, 1, 0.99999);
  expect(around({ ...sure, cutFrom: candidate(2, 6, 0.41) } as typeof sure).text).toBe('45189'); // a part is shown: so it stays
});

import { expect, test } from 'vitest';
import {
  confidenceOf,
  digitsOf,
  emptyPlacesOf,
  imageOf,
  keepSaid,
  linesOf,
  mayBe,
  placesByLine,
  shownAs,
  uprightOf,
  worstDigit,
} from '../../../../webapp/src/app/pictures/pictureResult';

const box = { x: 0, y: 0, width: 1, height: 1 };

/** A digit with this probability, and another one with the rest; it is named from one half on. */
function digit(likeliest: number, confidence: number, other = (likeliest + 1) % 10) {
  const probabilities = Array<number>(10).fill(0);
  probabilities[likeliest] = confidence;
  probabilities[other] = 1 - confidence;
  return { digit: confidence > 0.55 ? likeliest : null, confidence, probabilities, box };
}

const READING = { digits: [digit(2, 0.99), digit(0, 0.75, 6), digit(4, 0.52, 9), digit(6, 1)], lines: ['20', '?6'] };

/** The digits, and what the user said of some, by their places. */
function withSaid(said: Record<number, number | null>) {
  return digitsOf(READING).map((one, i) => (i in said ? { ...one, said: said[i] } : one));
}

test('each digit stands in its line', () => {
  expect(digitsOf(READING).map(({ line }) => line)).toEqual([0, 0, 1, 1]);
  expect(linesOf(digitsOf(READING))).toEqual(['20', '?6']);
  expect(confidenceOf(digitsOf(READING))).toBe(0.52);
});

test('the least sure of the doubtful digits is the one to check, with what it may be', () => {
  expect(worstDigit(withSaid({}))).toBe(2);
  expect(worstDigit(withSaid({ 2: 9 }))).toBe(1);
  expect(worstDigit(withSaid({ 1: 0, 2: 9 }))).toBe(-1);
  expect(digitsOf(READING).slice(1, 3).map(mayBe)).toEqual([
    [0, 6],
    [4, 9],
  ]);
});

test('what the user said counts, and is sure', () => {
  const digits = withSaid({ 1: 6, 2: 9 });
  expect(digits.map(shownAs)).toEqual(['2', '6', '9', '6']);
  expect(linesOf(digits)).toEqual(['26', '96']);
  expect(confidenceOf(digits)).toBe(0.99);
});

test('what is no digit is left out, and so is a line without any', () => {
  expect(linesOf(withSaid({ 2: null }))).toEqual(['20', '6']);
  expect(linesOf(withSaid({ 0: null, 1: null }))).toEqual(['?6']);
  expect(linesOf(withSaid({ 0: null, 1: null, 2: null, 3: null }))).toEqual([]);
  expect(confidenceOf(withSaid({ 0: null, 1: null, 2: null, 3: null }))).toBe(1);
});

test('each digit has its own image', () => {
  const images = Float32Array.from({ length: 2 * 784 }, (_, i) => i);
  expect(imageOf({ images }, 1)).toHaveLength(784);
  expect(imageOf({ images }, 1)[0]).toBe(784);
});

/** Two lines of two digits in a picture of 100×60, with empty boxes; turned it lies on its side. */
function withBoxes(turned: 0 | 90, emptyBoxes: { before: number; x: number; y: number }[]) {
  const at = (x: number, y: number) =>
    turned === 0 ? { x, y, width: 10, height: 20 } : { x: y, y: 100 - x - 10, width: 20, height: 10 };
  const digits = [at(0, 0), at(40, 0), at(0, 30), at(40, 30)].map((where, i) => ({ ...digit(i, 0.99), box: where }));
  const [width, height] = turned === 0 ? [100, 60] : [60, 100];
  const empty = emptyBoxes.map(({ before, x, y }) => ({ before, box: at(x, y) }));
  const remarks = { turned, linesRemoved: 'boxes' as const, emptyBoxes: empty, leftOut: 0, cutOff: 0, notRead: 0 };
  const rest = { text: '0123', images: new Float32Array(0), nothing: null, preview: null, truncated: false };
  return { ...rest, digits, lines: ['01', '23'], width, height, remarks };
}

test.each([0, 90] as const)('an empty box stands at its place in its line, with the picture turned by %i', (turned) => {
  const reading = withBoxes(turned, [
    { before: 1, x: 20, y: 0 },
    { before: 4, x: 80, y: 0 }, // none follows in the first line
    { before: 2, x: -20, y: 30 },
    { before: 4, x: 80, y: 30 },
    { before: 4, x: 95, y: 30 },
  ]);
  const [digits, empty] = [digitsOf(reading), emptyPlacesOf(reading)];
  expect(placesByLine(digits, empty)).toEqual([
    [0, null, 1, null],
    [null, 2, 3, null, null],
  ]);
  expect(linesOf(digits, empty)).toEqual(['0_1_', '_23__']);
  expect(linesOf(digits)).toEqual(['01', '23']);
  const none = digits.map((one) => (one.line === 1 ? { ...one, said: null } : one));
  expect(linesOf(none, empty)).toEqual(['0_1_']); // boxes alone are no number
});

test('boxes are where the digits are on the picture as it is shown', () => {
  expect(uprightOf(withBoxes(90, []))).toEqual({ ...uprightOf(withBoxes(0, [])), width: 100, height: 60 });
  expect(uprightOf(withBoxes(90, [])).boxes[1]).toEqual({ x: 40, y: 0, width: 10, height: 20 });
});

test('what the user said stays with a digit that is the same after the picture is read again', () => {
  const reading = withBoxes(0, []);
  const said = (...labels: (number | null | undefined)[]) =>
    digitsOf(reading).map((one, i) => ({ ...one, said: labels[i] }));
  const again = (change: (one: (typeof reading.digits)[0], i: number) => object) => ({
    lines: ['01', '23'],
    digits: reading.digits.map((one, i) => ({ ...one, ...change(one, i) })),
  });
  const labels = (digits: ReturnType<typeof digitsOf>) => digits.map((one) => one.said);
  const before = { reading, digits: said(7, null, undefined, 5) };
  expect(
    labels(
      keepSaid(
        before,
        again(() => ({})),
      ),
    ),
  ).toEqual([7, null, undefined, 5]);
  // The first is read as the user said, the others as something else.
  expect(
    labels(
      keepSaid(
        before,
        again((_, i) => ({ digit: i === 0 ? 7 : 8 })),
      ),
    ),
  ).toEqual([7, undefined, undefined, undefined]);
  // The first is a little larger, the last elsewhere.
  const moved = again(({ box: { x, y } }, i) => ({ box: { x: i < 3 ? x : x + 8, y, width: 11, height: 20 } }));
  expect(labels(keepSaid(before, moved))).toEqual([7, null, undefined, undefined]);
});

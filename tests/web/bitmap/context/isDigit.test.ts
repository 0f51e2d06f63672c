import { expect, test } from 'vitest';
import { isDigit, type Read } from '../../../../webapp/src/bitmap/context/isDigit';

/** A piece that the network reads as `digit`, 25 px apart from the next, with its foot at y = 100. */
function piece(place: number, digit: number, confidence: number, height = 40, foot = 100): Read {
  const probabilities = Array<number>(10).fill((1 - confidence) / 9);
  probabilities[digit] = confidence;
  const box = { x: 30 * place, y: foot - height, width: 20, height };
  return { box, image: new Float32Array(784), probabilities, confidence };
}

const SURE = 0.9995;
const NONE = 0.12;
const likely = (line: readonly Read[]) => isDigit([line])[0] as number[];

test('a piece that is alone is judged by the network only', () => {
  expect(likely([piece(0, 1, NONE)])).toEqual([1]);
});

test('a doubtful piece is a digit among digits and none among letters', () => {
  const among = (confidence: number) =>
    likely([0, 1, 2, 3, 4].map((place) => piece(place, 6, place === 2 ? 0.7 : confidence)))[2] as number;
  expect(among(SURE)).toBeGreaterThan(0.5);
  expect(among(NONE)).toBeLessThan(0.1);
});

test('sure digits stay digits beside what is none', () => {
  const mixed = likely([piece(0, 3, SURE), piece(1, 4, NONE), piece(2, 8, SURE), piece(3, 4, NONE), piece(4, 2, SURE)]);
  expect(mixed.map((one) => one > 0.5)).toEqual([true, false, true, false, true]);
});

test('what is much higher than its line, or lower and on its foot, is none', () => {
  const withOne = (height: number, foot?: number) =>
    likely([piece(0, 3, SURE), piece(1, 1, 0.97, height, foot), piece(2, 8, SURE), piece(3, 4, NONE)])[1] as number;
  expect(withOne(40)).toBeGreaterThan(0.5);
  expect(withOne(80, 120)).toBeLessThan(0.5);
  expect(withOne(20)).toBeLessThan(0.5);
});

test('a superscript is small, and yet a digit', () => {
  const letters = [3, 4, 5].map((place) => piece(place, 4, NONE));
  const raised = likely([piece(0, 3, SURE), piece(1, 4, 0.97, 20, 76), piece(2, 8, SURE), ...letters]);
  expect(raised[1]).toBeGreaterThan(0.5);
});

test('a bracket does not make a doubtful digit beside it none, as a letter does', () => {
  const bracket = { ...piece(0, 1, NONE, 70, 115), box: { x: 0, y: 45, width: 20, height: 70 } };
  const beside = (first: Read) => likely([first, piece(1, 7, 0.9), piece(2, 8, SURE), piece(3, 2, SURE)])[1] as number;
  expect(beside(bracket)).toBeGreaterThan(beside(piece(0, 1, NONE)));
});

test('the parts that a letter was cut into are none together, however sure one of them looks', () => {
  const letter = {};
  const parts = (cutFrom?: object) =>
    likely(
      [0, 1, 2, 3].map((place) => ({
        ...piece(place, 7, place === 2 ? 0.9 : place === 3 ? 0.2 : SURE),
        ...(place > 1 && cutFrom && { cutFrom }),
      })),
    );
  expect(parts(letter)[2]).toBeLessThan(0.25);
  expect(parts()[2]).toBeGreaterThan(0.5);
});

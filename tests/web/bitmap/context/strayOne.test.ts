import { expect, test } from 'vitest';
import { isDigit, type Read } from '../../../../webapp/src/bitmap/context/isDigit';
import { lean } from '../../../../webapp/src/bitmap/context/lean';

/** A stroke through the middle of the network's image, that goes so many columns to the right for each row up. */
function stroke(leans: number): Float32Array {
  return Float32Array.from({ length: 784 }, (_, i) => {
    const y = Math.floor(i / 28);
    const away = (i % 28) - 13.5 - leans * (13.5 - y);
    return Number(y >= 4 && y < 24 && Math.abs(away) < 1.5);
  });
}

const SURE = 0.9995;

/** What the network reads as a sure digit, 30 px from the next. */
function piece(place: number, digit: number, height: number, image: Float32Array): Read {
  const probabilities = Array<number>(10).fill((1 - SURE) / 9);
  probabilities[digit] = SURE;
  return { box: { x: 40 + 30 * place, y: 60 - height / 2, width: 15, height }, image, probabilities, confidence: SURE };
}

/** A row of digits that lean so, with one piece among them. */
const among = (one: (place: number) => Read, leans = 0) =>
  [3, 8, 1, 5, 2].map((digit, place) => (place === 2 ? one(place) : piece(place, digit, 40, stroke(leans))));

test('the lean of a stroke is measured', () => {
  for (const leans of [-0.3, 0, 0.5]) expect(lean(stroke(leans))).toBeCloseTo(leans, 1);
});

test('a slash leans more than its line and is higher; a 1 is not', () => {
  const likely = (height: number, leans: number, usual = 0) =>
    isDigit([among((place) => piece(place, 1, height, stroke(leans)), usual)])[0]?.[2] as number;
  expect(likely(48, 0.6)).toBeLessThan(0.5);
  expect(likely(48, 0.1)).toBeGreaterThan(0.5);
  expect(likely(40, 0.4)).toBeGreaterThan(0.5);
  expect(likely(44, 0.6, 0.5)).toBeGreaterThan(0.5);
});

test('what alone touches the edge of the picture and is read as a 1 is none; digits that fill their picture are', () => {
  const row = among((place) => piece(place, 1, 40, stroke(0)));
  const last = { ...(row[2] as Read), box: { x: 285, y: 30, width: 15, height: 40 } };
  const likely = (height: number, y: number) =>
    isDigit([[...row, last].map((one) => ({ ...one, box: { ...one.box, y } }))], { width: 300, height })[0] as number[];
  const inside = likely(120, 40);
  expect(inside.pop()).toBeLessThan(0.1);
  expect(Math.min(...inside)).toBeGreaterThan(0.9);
  expect(Math.min(...likely(40, 0))).toBeGreaterThan(0.9);
});

test('a line of one 1 close to the edge is none; further away it is a digit', () => {
  const row = among((place) => piece(place, 1, 40, stroke(0)));
  const last = (y: number) => ({ ...(row[2] as Read), box: { x: 100, y, width: 15, height: 40 } });
  const likely = (y: number) => isDigit([row, [last(y)]], { width: 300, height: 200 })[1]?.[0] as number;
  expect(likely(152)).toBeLessThan(0.5);
  expect(likely(140)).toBeGreaterThan(0.5);
});

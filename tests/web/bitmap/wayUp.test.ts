// @module-tag heavy
import { expect, test } from 'vitest';
import { readPicture, turnBox } from '../../../webapp/src/bitmap';
import type { Picture } from '../../../webapp/src/bitmap/picture';
import { opposite, type QuarterTurn, turnPlane } from '../../../webapp/src/bitmap/quarterTurn';
import { grey, paint } from './made';

/** A made 7: a bar with a stem below its middle, 40×60, at (midX, 60). */
const onSeven = (x: number, y: number, midX: number) =>
  Math.abs(x - midX) < 20 && y >= 30 && y < 90 && (y < 42 || Math.abs(x - midX) < 5);

/** A network that knows made 7s: higher than wide, with a first row of more ink than the last one. */
function knowsSevens(pixels: Float32Array): Float32Array {
  const probabilities = new Float32Array((10 * pixels.length) / 784).fill(0.1);
  for (let n = 0; n < pixels.length / 784; n++) {
    const dark = (x: number, y: number) => Number((pixels[784 * n + 28 * y + x] as number) > 0.5);
    const places = Array.from({ length: 28 }, (_, i) => i);
    const rows = places.map((y) => places.reduce((sum, x) => sum + dark(x, y), 0)).filter((sum) => sum > 0);
    const columns = places.filter((x) => places.some((y) => dark(x, y)));
    if (rows.length <= columns.length || (rows[0] as number) < 2 * (rows.at(-1) as number)) continue;
    probabilities.fill(0.001, 10 * n, 10 * n + 10);
    probabilities[10 * n + 7] = 0.991;
  }
  return probabilities;
}

/** 7s at these places of a sheet of 400×120, and the sheet turned. */
function sheet(middles: readonly number[], turned: QuarterTurn): Picture {
  const upright = grey(400, 120, (x, y) => (middles.some((middle) => onSeven(x, y, middle)) ? 30 : 230));
  const { width, height, data } = turnPlane(upright, turned);
  return paint(width, height, (x, y) => data[y * width + x] as number);
}

const THREE = [60, 180, 330];

test.each([0, 90, 180, 270] as const)('a row of a picture turned by %d degrees is read upright', (turned) => {
  const picture = sheet(THREE, turned);
  const { lines, digits, remarks } = readPicture(picture, knowsSevens, 0.8);
  expect(lines).toEqual(['777']);
  expect(remarks.turned).toBe(opposite(turned));
  // Boxes are on the picture as it was given.
  for (const [i, { box }] of digits.entries()) {
    const upright = turnBox(box, picture.width, picture.height, remarks.turned);
    expect(Math.abs(upright.x + upright.width / 2 - (THREE[i] as number))).toBeLessThan(2);
    expect(Math.abs(upright.y + upright.height / 2 - 60)).toBeLessThan(2);
  }
});

test('one digit alone stays as it is', () => {
  expect(readPicture(sheet([200], 180), knowsSevens, 0.8).remarks.turned).toBe(0);
});

test('a picture is read the way up that is asked for', () => {
  const asked = readPicture(sheet(THREE, 180), knowsSevens, 0.8, { turn: 0 });
  expect(asked.remarks.turned).toBe(0);
  expect(asked.text).not.toBe('777');
  expect(readPicture(sheet([200], 180), knowsSevens, 0.8, { turn: 180 })).toMatchObject({
    text: '7',
    remarks: { turned: 180 },
  });
});

test('two ways up that are as sure are no reason to turn', () => {
  const always = (pixels: Float32Array) =>
    Float32Array.from({ length: (10 * pixels.length) / 784 }, (_, i) => (i % 10 === 8 ? 0.991 : 0.001));
  expect(readPicture(sheet(THREE, 90), always, 0.8).remarks.turned).toBe(0);
});

test('a row of 6s is no row of 9s, however much surer these are', () => {
  const sixesAndNines = (pixels: Float32Array) =>
    knowsSevens(pixels).map((probability, i, all) => {
      const isNine = (all[i - (i % 10) + 7] as number) > 0.9;
      return i % 10 === (isNine ? 9 : 6) ? (isNine ? 0.991 : 0.82) : 0.02 * Math.sign(probability);
    });
  const { text, remarks } = readPicture(sheet(THREE, 180), sixesAndNines, 0.8);
  expect([text, remarks.turned]).toEqual(['666', 0]);
});

/** 7s that are too thin for the sample that decides, upside down on a sheet of 400×120, and perhaps a square, which is none. */
const thinSevens = (middles: readonly number[], square = false) =>
  paint(400, 120, (x, y) => {
    const onSquare = square && Math.abs(x - 140) < 30 && Math.abs(y - 60) < 30;
    return onSquare || middles.some((middle) => onSeven(2 * (400 - x), 120 - y, 2 * middle)) ? 30 : 230;
  });

test('where most is no digit as it is, all of it is read in other ways up', () => {
  const { text, digits, remarks } = readPicture(thinSevens(THREE), knowsSevens, 0.8);
  expect([text, remarks.turned, remarks.leftOut]).toEqual(['777', 180, 0]);
  for (const [i, { box }] of digits.entries()) {
    expect(Math.abs(400 - box.x - box.width / 2 - (THREE[i] as number))).toBeLessThan(2);
  }
});

test.each<[string, Picture, number]>([
  ['two pieces are too few', thinSevens([60, 330]), 0.991],
  ['a turned piece that is less sure is too little', thinSevens(THREE), 0.85],
  ['nothing may be left out', thinSevens(THREE, true), 0.991],
])('but %s', (_, picture, sure) => {
  const knows = (pixels: Float32Array) => knowsSevens(pixels).map((one) => (one > 0.9 ? sure : one));
  expect(readPicture(picture, knows, 0.8)).toMatchObject({ text: '', remarks: { turned: 0 } });
});

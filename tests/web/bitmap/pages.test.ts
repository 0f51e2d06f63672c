// @module-tag heavy
import { expect, test } from 'vitest';
import { readPictureSteps } from '../../../webapp/src/bitmap';
import { findPieces, nearPairs } from '../../../webapp/src/bitmap/pieces/findPieces';
import { knowsBarsAndRings, onBar, onRing, paint } from './made';

test('a page of 400 digits is read whole, in steps that tell how much is done', () => {
  const onDigit = (x: number, y: number) => {
    const isRing = (Math.floor(x / 30) + Math.floor(y / 40)) % 2 === 0;
    return (isRing ? onRing : onBar)(x % 30, y % 40, 15, 20, 26, 4);
  };
  const page = paint(600, 800, (x, y) => (onDigit(x, y) ? 30 : 230));
  let largestBatch = 0;
  const classify = (pixels: Float32Array) => {
    largestBatch = Math.max(largestBatch, pixels.length / 784);
    return knowsBarsAndRings(pixels);
  };
  const steps = readPictureSteps(page, classify, 0.8);
  const shares: number[] = [];
  let step = steps.next();
  for (; !step.done; step = steps.next()) shares.push(step.value);
  expect(step.value.lines).toEqual(Array.from({ length: 20 }, (_, row) => (row % 2 ? '10' : '01').repeat(10)));
  expect(step.value.remarks.notRead).toBe(0);
  expect(shares.length).toBeGreaterThan(10);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBeLessThanOrEqual(1);
  expect(largestBatch).toBeLessThanOrEqual(32); // memory does not grow with the page
});

/** `count` components of 10×20 in rows of 100, `pitch` pixels apart. */
const components = (count: number, pitch: number) =>
  Array.from({ length: count }, (_, i) => {
    return {
      label: i + 1,
      x: 30 + pitch * (i % 100),
      y: 30 + 40 * Math.floor(i / 100),
      width: 10,
      height: 20,
      area: 90,
    };
  });

test('of more pieces than can be read the number of the others is told', () => {
  const { pieces, notRead } = findPieces(components(10_070, 25), 3000, 5000);
  expect([pieces.length, notRead]).toEqual([10_000, 70]);
  expect(findPieces(components(5000, 25), 3000, 5000)).toMatchObject({ notRead: 0 });
});

test('all pairs that stand near each other are found', () => {
  const all = components(1000, 25).map(({ label, ...box }) => ({ ...box, labels: [label] }));
  expect(nearPairs(all, 20)).toEqual([]);
  const close = all.map((one, i) => (i % 2 ? { ...one, x: one.x - 13 } : one));
  const pairs = nearPairs(close, 20);
  expect(pairs.map(({ first, second }) => [first, second])).toEqual(
    Array.from({ length: 500 }, (_, i) => [2 * i, 2 * i + 1]),
  );
});

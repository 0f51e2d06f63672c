import { expect, test } from 'vitest';
import { chooseJoins, chooseParts } from '../../../../webapp/src/bitmap/pieces/chooseParts';

const part = (from: number, to: number, confidence: number) => ({ from, to, confidence });

test('a piece is cut where the least sure of its parts is surer than the whole', () => {
  const parts = [part(0, 1, 0.9), part(1, 2, 0.95)];
  expect(chooseParts(0.4, parts, 2)).toEqual(parts);
});

test('a piece stays whole where the network is as sure of that', () => {
  expect(chooseParts(0.9, [part(0, 1, 0.93), part(1, 2, 0.99)], 2)).toBeNull();
  expect(chooseParts(0.2, [part(0, 1, 0.99), part(1, 2, 0.3)], 2)).toBeNull();
  expect(chooseParts(0.1, [], 1)).toBeNull();
});

test('the surer the whole, the surer its parts have to be', () => {
  const parts = (least: number) => [part(0, 1, least), part(1, 2, 1)];
  expect(chooseParts(0.15, parts(0.55), 2)).toHaveLength(2);
  expect(chooseParts(0.45, parts(0.55), 2)).toBeNull();
  expect(chooseParts(0.55, parts(0.99), 2)).toHaveLength(2);
  expect(chooseParts(0.75, parts(0.95), 2)).toBeNull();
});

test('of a piece too wide for a digit the parts count, though one is unsure', () => {
  const parts = [part(0, 1, 0.99), part(1, 2, 0.2)];
  expect(chooseParts(0.1, parts, 2)).toBeNull();
  expect(chooseParts(0.1, parts, 2, true)).toHaveLength(2);
  expect(chooseParts(0.3, parts, 2, true)).toBeNull();
  expect(chooseParts(0.01, [part(0, 1, 0.99), part(1, 2, 0.05)], 2, true)).toBeNull();
});

test('of ways as good the one with fewer parts is taken', () => {
  const parts = [part(0, 1, 0.95), part(1, 2, 0.99), part(2, 3, 0.99), part(1, 3, 0.9)];
  expect(chooseParts(0.2, parts, 3, true)).toHaveLength(2);
});

test('of all ways the one is taken whose least sure part is the surest', () => {
  const parts = [part(0, 1, 0.6), part(1, 3, 0.99), part(0, 2, 0.9), part(2, 3, 0.85), part(1, 2, 0.99)];
  expect(chooseParts(0.3, parts, 3)).toEqual([part(0, 2, 0.9), part(2, 3, 0.85)]);
});

const pair = (first: number, second: number, confidence: number) => ({ first, second, confidence });

test('pieces are joined where they are surer together, the pair that gains most first', () => {
  expect(chooseJoins([0.9, 0.9, 0.9], [])).toEqual([]);
  expect(chooseJoins([0.3, 0.2, 0.9], [pair(0, 1, 0.95), pair(1, 2, 0.6)])).toEqual([pair(0, 1, 0.95)]);
  expect(chooseJoins([0.3, 0.2, 0.1], [pair(0, 1, 0.7), pair(1, 2, 0.99)])).toEqual([pair(1, 2, 0.99)]);
  expect(chooseJoins([0.99, 0.99], [pair(0, 1, 0.9)])).toEqual([]);
  expect(chooseJoins([0.1, 0.1], [pair(0, 1, 0.4)])).toEqual([]);
});

test('a digit is not joined with a sign that makes it less sure, nor two sure digits that are hardly surer together', () => {
  expect(chooseJoins([0.999, 0.1], [pair(0, 1, 0.63)])).toEqual([]);
  expect(chooseJoins([0.97, 0.999], [pair(0, 1, 0.98)])).toEqual([]);
  expect(chooseJoins([0.9, 0.93], [pair(0, 1, 0.999)])).toHaveLength(1);
});

import { afterEach, expect, test, vi } from 'vitest';
import { carryInk, inkOf, takeCarriedInk } from '../../../../webapp/src/app/drawing/carriedInk';

/** A history of one entry, whose state lives as long as the test. */
function fakeHistory() {
  return {
    state: null as unknown,
    replaceState(state: unknown) {
      this.state = structuredClone(state);
    },
  };
}

const INK = [[[0.25, 0.5], [0.75, 0.5]], [[0.5, 0.125]]] as const; // biome-ignore format: points

afterEach(() => vi.unstubAllGlobals());

test('ink is carried over once', () => {
  vi.stubGlobal('history', fakeHistory());
  expect(carryInk(INK)).toBe(true);
  expect(takeCarriedInk()).toEqual(INK);
  expect(takeCarriedInk()).toEqual([]);
});

test('a browser that refuses says so, and nothing is carried', () => {
  vi.stubGlobal('history', {
    state: null,
    replaceState() {
      throw new DOMException('too often', 'SecurityError');
    },
  });
  expect(carryInk(INK)).toBe(false);
  expect(takeCarriedInk()).toEqual([]);
});

test.each([
  ['a number', 7],
  ['another shape', { ink: 'ink' }],
  ['an empty stroke', { ink: [[]] }],
  ['a point of three', { ink: [[[1, 2, 3]]] }],
  ['words for numbers', { ink: [[['0', '1']]] }],
  ['no number', { ink: [[[0, Number.NaN]]] }],
])('%s is no ink', (_, state) => {
  expect(inkOf(state)).toEqual([]);
});

import { expect, test } from 'vitest';
import { neighbour } from '../../../../webapp/src/app/teaching/neighbour';

const key = (left: number, top: number, width = 50) => ({ left, top, right: left + width, bottom: top + 50 });
const KEYS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => key(56 * (digit % 5), 56 * Math.floor(digit / 5)));
const BUTTONS = [...KEYS, key(0, 112, 160), key(168, 112), key(224, 112)];
const path = (from: number, ...arrows: string[]) =>
  arrows.map((arrow) => {
    from = neighbour(BUTTONS, from, `Arrow${arrow}`);
    return from;
  });

test('arrows go from key to key, and stop at the edges', () => {
  expect(path(0, 'Right', 'Right', 'Down', 'Left', 'Up', 'Up', 'Left', 'Left')).toEqual([1, 2, 7, 6, 1, 1, 0, 0]);
  expect(path(9, 'Right', 'Up', 'Right')).toEqual([9, 4, 4]);
});

test('the lower row has other widths', () => {
  expect(path(5, 'Down', 'Right', 'Right', 'Right', 'Up')).toEqual([10, 11, 12, 12, 9]);
  expect(path(8, 'Down', 'Down', 'Left', 'Left')).toEqual([11, 11, 10, 10]);
});

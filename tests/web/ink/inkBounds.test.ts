import { expect, test } from 'vitest';
import { inkBounds } from '../../../webapp/src/ink';
import { drawn } from '../number/made';

test('the box round all strokes', () => {
  expect(inkBounds(drawn('3,-1 5,4', '-2,2'))).toEqual({ x: -2, y: -1, width: 7, height: 5 });
});

test('one point has a box without extent', () => {
  expect(inkBounds([[[7, 8]]])).toEqual({ x: 7, y: 8, width: 0, height: 0 });
});

test.each([[[]], [[[]]], [[[], []]]])('%j has no box', (ink) => {
  expect(inkBounds(ink)).toBeNull();
});

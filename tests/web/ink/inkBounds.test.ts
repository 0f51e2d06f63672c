import { expect, test } from 'vitest';
import { inkBounds } from '../../../webapp/src/ink';
import { drawn } from '../number/made';

test('the box is round all strokes; that of one point has no extent', () => {
  expect(inkBounds(drawn('3,-1 5,4', '-2,2'))).toEqual({ x: -2, y: -1, width: 7, height: 5 });
  expect(inkBounds([[[7, 8]]])).toEqual({ x: 7, y: 8, width: 0, height: 0 });
});

test.each([[[]], [[[]]], [[[], []]]])('%j has no box', (ink) => {
  expect(inkBounds(ink)).toBeNull();
});

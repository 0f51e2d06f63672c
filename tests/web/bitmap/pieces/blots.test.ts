import { expect, test } from 'vitest';
import { ofUsualHeight, withoutBlots } from '../../../../webapp/src/bitmap/pieces/blots';

const component = (label: number, width: number, height: number, area: number) => {
  return { label, x: 60 * label, y: 0, width, height, area };
};
const DIGITS = [1, 2, 3].map((label) => component(label, 25, 40, 300));
const kept = (...others: ReturnType<typeof component>[]) =>
  withoutBlots([...DIGITS, ...others])
    .map(({ label }) => label)
    .sort();

test('a coin, a pen and a long edge beside digits are no writing', () => {
  expect(kept(component(4, 80, 80, 5000))).toEqual([1, 2, 3]);
  expect(kept(component(4, 160, 24, 3700), component(5, 6, 200, 1000))).toEqual([1, 2, 3]);
});

test('digits among thinner or smaller ones, a 1 and specks stay', () => {
  expect(kept(component(4, 30, 44, 500), component(5, 4, 40, 150), component(6, 3, 3, 9))).toEqual([1, 2, 3, 4, 5, 6]);
  expect(withoutBlots([component(1, 60, 100, 1800), component(2, 3, 3, 9)])).toHaveLength(2);
  expect(withoutBlots([component(1, 60, 100, 2600), component(2, 4, 25, 90), component(3, 4, 25, 90)])).toHaveLength(3);
});

test('a title above writing stays, but does not tell its height', () => {
  const title = component(4, 60, 120, 2500);
  expect(kept(title)).toEqual([1, 2, 3, 4]);
  expect(ofUsualHeight([...DIGITS, title]).map(({ label }) => label)).not.toContain(4);
});

test('two specks beside a digit do not tell how high it is', () => {
  const digit = component(1, 54, 66, 900);
  const all = ofUsualHeight([digit, component(2, 10, 18, 120), component(3, 6, 15, 70)]);
  expect(all.map(({ label }) => label)).toContain(1);
});

test('brackets do not tell how high writing is; digits among 1s do', () => {
  const brackets = [component(4, 15, 64, 200), component(5, 15, 64, 200)];
  const labels = (all: readonly ReturnType<typeof component>[]) => ofUsualHeight(all).map(({ label }) => label);
  expect(labels([...DIGITS, ...brackets]).sort()).toEqual([1, 2, 3]);
  expect(labels([...DIGITS, component(4, 6, 44, 200)])).toHaveLength(4);
  expect(labels([...brackets, component(6, 36, 36, 160)])).toHaveLength(3);
});

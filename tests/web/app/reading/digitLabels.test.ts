import { expect, test } from 'vitest';
import { placeLabels } from '../../../../webapp/src/app/reading/digitLabels';
import type { Box } from '../../../../webapp/src/ink';

const SHEET = { width: 400, height: 600 };

/** Digits of 50×100 pixels, whose upper left corners are given. */
const digits = (...corners: [x: number, y: number][]): Box[] =>
  corners.map(([x, y]) => ({ x, y, width: 50, height: 100 }));

const placesOf = (...corners: [x: number, y: number][]) =>
  placeLabels(digits(...corners), SHEET).map(({ x, y }) => [x, y]);

test('labels stand under a number, at one height', () => {
  expect(placesOf([50, 100], [150, 120])).toEqual([
    [53, 232],
    [153, 232],
  ]);
});

test('labels stand above a number where the tools leave no room below', () => {
  expect(placesOf([50, 400], [150, 390])).toEqual([
    [53, 334],
    [153, 334],
  ]);
});

test('ink that leaves no room at all has its labels on its foot, in sight', () => {
  expect(placeLabels([{ x: 0, y: 10, width: 50, height: 580 }], SHEET)).toEqual([
    { x: 3, y: 556, width: 44, height: 44 },
  ]);
});

test('each line has its own labels, all below or all above', () => {
  const lines = (y: number) => placesOf([50, y], [150, y], [55, y + 180], [150, y + 180]).map(([, place]) => place);
  expect(lines(50)).toEqual([162, 162, 342, 342]);
  expect(lines(210)).toEqual([154, 154, 334, 334]);
});

test('labels of narrow digits share the width of their line', () => {
  const places = placeLabels(digits([50, 50], [80, 50], [60, 250]), SHEET);
  expect(places.map(({ width }) => width)).toEqual([30, 30, 44]);
});

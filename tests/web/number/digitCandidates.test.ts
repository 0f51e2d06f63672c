import { expect, test } from 'vitest';
import type { Ink } from '../../../webapp/src/ink';
import { digitCandidates } from '../../../webapp/src/number/digitCandidates';
import { DIGITS, inARow, moved, written } from './made';

const strokesOf = (ink: Ink) => digitCandidates(ink).candidates.map(({ strokes }) => strokes.join(' '));

test('one stroke has one candidate', () => {
  expect(strokesOf(DIGITS[3] as Ink)).toEqual(['0']);
});

test('no ink has none', () => {
  expect(digitCandidates([])).toEqual({ pieces: 0, candidates: [] });
  expect(digitCandidates([[]])).toEqual({ pieces: 0, candidates: [] });
});

test('two strokes near each other may be one digit or two', () => {
  expect(strokesOf(DIGITS[4] as Ink).sort()).toEqual(['0', '0 1', '1']);
});

test('all the ink comes first, and each stroke alone is a candidate', () => {
  const found = strokesOf(written('202613'));
  expect(found[0]).toBe('0 1 2 3 4 5');
  expect(found).toEqual(expect.arrayContaining(['0', '1', '2', '3', '4', '5']));
});

test('strokes far apart are no candidate, unless they are all there is', () => {
  const found = strokesOf(written('2026', 120));
  expect(found.sort()).toEqual(['0', '0 1 2 3', '1', '2', '3']);
});

test('a stroke that was drawn late is grouped by its place', () => {
  const [four, one] = inARow([DIGITS[4] as Ink, DIGITS[1] as Ink]) as [Ink, Ink];
  const [body, stem] = four as [Ink[0], Ink[0]];
  const { candidates } = digitCandidates([body, ...one, stem]);
  const late = candidates.find(({ strokes }) => strokes.join(' ') === '0 2');
  expect(late?.interruptions).toBe(1);
  expect(candidates.find(({ strokes }) => strokes.join(' ') === '0 1')?.interruptions ?? 0).toBe(0);
});

test.each([
  ['a thousandth', 0.001, 5],
  ['a thousand times', 1000, -1e5],
])('geometry is the same at %s of the size and elsewhere', (_, scale, shift) => {
  const ink = written('415');
  const other = moved(
    ink.map((stroke) => stroke.map(([x, y]) => [x * scale, y * scale])),
    shift,
    shift,
  );
  const [one, two] = [digitCandidates(ink), digitCandidates(other)];
  expect(two.pieces).toBe(one.pieces);
  for (const [i, candidate] of one.candidates.entries()) {
    const { width, height, longestPenLift, sideBySide, overlapWithOthers } = two.candidates[i] as typeof candidate;
    const found = { width, height, longestPenLift, sideBySide, overlapWithOthers };
    for (const [name, value] of Object.entries(found)) {
      expect(value, name).toBeCloseTo(candidate[name as keyof typeof found], 4);
    }
  }
});

test('points on the same lines change nothing but distances, and these by less than half a step', () => {
  const ink = written('47');
  const slow = ink.map((stroke) =>
    stroke.flatMap(([x, y], i) => {
      const [fromX, fromY] = stroke[i - 1] ?? [x, y];
      return [0.25, 0.5, 0.75, 1].map((t): [number, number] => [fromX + t * (x - fromX), fromY + t * (y - fromY)]);
    }),
  );
  const [one, two] = [digitCandidates(ink), digitCandidates(slow)];
  for (const [i, { width, longestPenLift }] of one.candidates.entries()) {
    expect(two.candidates[i]?.width).toBeCloseTo(width, 9);
    expect(Math.abs((two.candidates[i]?.longestPenLift as number) - longestPenLift)).toBeLessThan(0.025);
  }
});

test('dots in a row are one drawing', () => {
  expect(strokesOf([[[0, 0]], [[40, 0]], [[90, 1]]])).toEqual(['0 1 2']);
});

test('a scribble of three hundred strokes has a bounded number of candidates', () => {
  const scribble = Array.from({ length: 300 }, (_, i) =>
    Array.from({ length: 20 }, (_, j): [number, number] => [
      50 + 49 * Math.sin(i * 2.4 + j),
      50 + 49 * Math.cos(i * 3.7 - j * 1.3),
    ]),
  );
  const { candidates, pieces } = digitCandidates(scribble);
  expect(candidates.length).toBeLessThan(302);
  expect(pieces).toBeGreaterThan(1);
  expect(candidates[0]?.strokes).toHaveLength(300);
});

test('a bad point is named by its place', () => {
  expect(() => digitCandidates([[[0, 0]], [[1, Number.NaN]]])).toThrow('Point 0 of stroke 1');
});

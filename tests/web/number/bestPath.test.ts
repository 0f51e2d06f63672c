import { expect, test } from 'vitest';
import { bestPath, type Scored } from '../../../webapp/src/number/bestPath';

/** All ways to part `count` pieces, by brute force. */
function bestByTrial(count: number, candidates: readonly Scored[]): number {
  const full = 2 ** count - 1;
  const masks = candidates.map(({ pieces }) => pieces.reduce((sum, piece) => sum + 2 ** piece, 0));
  const best = (taken: number): number =>
    taken === full
      ? 0
      : Math.max(
          -Infinity,
          ...masks.map((mask, i) =>
            (mask & taken) === 0 && mask > 0 && (mask & -mask) === (~taken & -~taken)
              ? (candidates[i] as Scored).score + best(taken | mask)
              : -Infinity,
          ),
        );
  return best(0);
}

test('a single piece', () => {
  expect(bestPath(1, [{ pieces: [0], score: -3 }])).toEqual([0]);
});

test('pieces go together where that scores higher, neighbours or not', () => {
  const candidates = [
    { pieces: [0], score: 1 },
    { pieces: [1], score: 1 },
    { pieces: [2], score: 1 },
    { pieces: [0, 2], score: 5 },
    { pieces: [0, 1], score: 4 },
    { pieces: [0, 1, 2], score: 5 },
  ];
  expect(bestPath(3, candidates)).toEqual([3, 1]);
});

test('all pieces in one candidate, however many', () => {
  const pieces = Array.from({ length: 60 }, (_, i) => i);
  const singles = pieces.map((piece) => ({ pieces: [piece], score: -1 }));
  expect(bestPath(60, [{ pieces, score: -50 }, ...singles])).toEqual([0]);
  expect(bestPath(60, [{ pieces, score: -70 }, ...singles])).toEqual(pieces.map((piece) => piece + 1));
});

test('it is the best of all ways, for many made lattices', () => {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  for (let trial = 0; trial < 100; trial++) {
    const count = 1 + Math.floor(random() * 7);
    const candidates: Scored[] = [];
    for (let mask = 1; mask < 2 ** count; mask++) {
      const pieces = Array.from({ length: count }, (_, i) => i).filter((i) => mask & (1 << i));
      if (pieces.length === 1 || random() < 0.4) candidates.push({ pieces, score: random() * 4 - 3 * random() });
    }
    const chosen = bestPath(count, candidates).map((i) => candidates[i] as Scored);
    expect(chosen.flatMap(({ pieces }) => pieces).sort()).toEqual(Array.from({ length: count }, (_, i) => i));
    const score = chosen.reduce((sum, one) => sum + one.score, 0);
    expect(score).toBeCloseTo(bestByTrial(count, candidates), 9);
  }
});

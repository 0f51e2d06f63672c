import { expect, test } from 'vitest';
import { bestPath, type Scored } from '../../../webapp/src/number/bestPath';

/** All ways to part `count` pieces, by brute force. */
function bestByTrial(count: number, candidates: readonly Scored[]): number {
  const full = 2 ** count - 1;
  const masks = candidates.map(({ pieces }) => pieces.reduce((sum, piece) => sum + 2 ** piece, 0));
  const best = (taken: number): number => {
    if (taken === full) return 0;
    const ways = candidates.map(({ score }, i) => {
      const mask = masks[i] as number;
      const next = (mask & taken) === 0 && (mask & -mask) === (~taken & -~taken);
      return next ? score + best(taken | mask) : -Infinity;
    });
    return Math.max(...ways);
  };
  return best(0);
}

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
    const leftmost = chosen.map(({ pieces }) => pieces[0] as number);
    expect(leftmost).toEqual(leftmost.toSorted());
    const score = chosen.reduce((sum, one) => sum + one.score, 0);
    expect(score).toBeCloseTo(bestByTrial(count, candidates), 9);
  }
});

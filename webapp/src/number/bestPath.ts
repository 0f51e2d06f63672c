/** A candidate of a path. */
export interface Scored {
  /** The pieces that it covers, ascending. */
  readonly pieces: readonly number[];
  readonly score: number;
}

/** A path as a linked list of candidates, by their indices. */
type Path = { readonly index: number; readonly rest: Path } | null;

interface Best {
  readonly score: number;
  readonly path: Path;
}

/**
 * The best way to divide `count` pieces into candidates: each piece in one candidate, the sum of scores the highest.
 *
 * Dynamic programming over sets of pieces: the leftmost free piece belongs to the next candidate, so a state is the
 * leftmost free piece and which of the pieces near it are taken.
 *
 * @param candidates each single piece must be among them.
 * @returns the indices of the chosen ones, in the order of their leftmost pieces.
 */
export function bestPath(count: number, candidates: readonly Scored[]): number[] {
  // Bit k of a candidate stands for piece first + k. All of the ink, which may have more pieces than bits, has no bits.
  const byFirst = Array.from({ length: count }, (): { index: number; score: number; bits: number }[] => []);
  for (const [index, { pieces, score }] of candidates.entries()) {
    const first = pieces[0] as number;
    const bits = pieces.length === count ? 0 : pieces.reduce((set, piece) => set | (1 << (piece - first)), 0);
    byFirst[first]?.push({ index, score, bits });
  }
  const states = new Map<number, Best>();
  // Bit k of `taken` stands for piece first + k.
  const bestFrom = (first: number, taken: number): Best => {
    if (first === count) return { score: 0, path: null };
    if (taken & 1) return bestFrom(first + 1, taken >>> 1);
    const state = first * 2 ** 32 + taken;
    const found = states.get(state);
    if (found) return found;
    let best: Best = { score: -Infinity, path: null };
    for (const { index, score, bits } of byFirst[first] as (typeof byFirst)[0]) {
      if (bits & taken || (bits === 0 && taken)) continue;
      const rest = bits === 0 ? { score: 0, path: null } : bestFrom(first + 1, (bits | taken) >>> 1);
      if (score + rest.score > best.score) best = { score: score + rest.score, path: { index, rest: rest.path } };
    }
    states.set(state, best);
    return best;
  };
  const chosen: number[] = [];
  for (let at = bestFrom(0, 0).path; at !== null; at = at.rest) chosen.push(at.index);
  return chosen;
}

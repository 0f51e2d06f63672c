/** A candidate of a path, with what speaks for it. */
export interface Scored {
  /** Ascending. */
  readonly pieces: readonly number[];
  readonly score: number;
}

/**
 * The best way to part `count` pieces into candidates: each piece in one candidate, the sum of scores the highest.
 *
 * Dynamic programming over sets of pieces: the leftmost piece that is still free belongs to the next candidate, so that
 * all states on the way are a leftmost free piece and which of the pieces near it are taken.
 *
 * @param candidates each single piece is to be among them.
 * @returns the chosen ones' indices, in the order of their leftmost pieces.
 */
export function bestPath(count: number, candidates: readonly Scored[]): number[] {
  const byFirst = Array.from({ length: count }, (): number[] => []);
  for (const [index, { pieces }] of candidates.entries()) byFirst[pieces[0] as number]?.push(index);
  const known = new Map<string, { score: number; path: Path }>();
  // `taken`: bit k stands for piece first + k; bit 0 is never set.
  const best = (first: number, taken: number): { score: number; path: Path } => {
    if (first === count) return { score: 0, path: null };
    if (taken & 1) return best(first + 1, taken >>> 1);
    const key = `${first} ${taken}`;
    const before = known.get(key);
    if (before) return before;
    let found: { score: number; path: Path } = { score: -Infinity, path: null };
    for (const index of byFirst[first] as number[]) {
      const { pieces, score } = candidates[index] as Scored;
      if (pieces.length === count) {
        if (score > found.score) found = { score, path: { index, rest: null } };
        continue;
      }
      const bits = pieces.reduce((set, piece) => set | (1 << (piece - first)), 0);
      if (bits & taken) continue;
      const rest = best(first + 1, (bits | taken) >>> 1);
      if (score + rest.score > found.score) found = { score: score + rest.score, path: { index, rest: rest.path } };
    }
    known.set(key, found);
    return found;
  };
  const chosen: number[] = [];
  for (let at = best(0, 0).path; at !== null; at = at.rest) chosen.push(at.index);
  return chosen;
}

type Path = { readonly index: number; readonly rest: Path } | null;

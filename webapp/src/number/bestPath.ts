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
  // Bit k of a candidate stands for piece first + k; all the ink, which may have more pieces than bits, has none.
  const byFirst = Array.from({ length: count }, (): { index: number; score: number; bits: number }[] => []);
  for (const [index, { pieces, score }] of candidates.entries()) {
    const first = pieces[0] as number;
    const bits = pieces.length === count ? 0 : pieces.reduce((set, piece) => set | (1 << (piece - first)), 0);
    byFirst[first]?.push({ index, score, bits });
  }
  const known = new Map<number, Found>();
  // `taken`: bit k stands for piece first + k; bit 0 is never set.
  const best = (first: number, taken: number): Found => {
    if (first === count) return { score: 0, path: null };
    if (taken & 1) return best(first + 1, taken >>> 1);
    const key = first * 2 ** 32 + taken;
    const before = known.get(key);
    if (before) return before;
    let found: Found = { score: -Infinity, path: null };
    for (const { index, score, bits } of byFirst[first] as (typeof byFirst)[0]) {
      if (bits & taken || (bits === 0 && taken)) continue;
      const rest = bits === 0 ? { score: 0, path: null } : best(first + 1, (bits | taken) >>> 1);
      if (score + rest.score > found.score) found = { score: score + rest.score, path: { index, rest: rest.path } };
    }
    known.set(key, found);
    return found;
  };
  const chosen: number[] = [];
  for (let at = best(0, 0).path; at !== null; at = at.rest) chosen.push(at.index);
  return chosen;
}

interface Found {
  readonly score: number;
  readonly path: Path;
}

type Path = { readonly index: number; readonly rest: Path } | null;

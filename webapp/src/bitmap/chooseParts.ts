/** Parts have to be at least as sure as this to be preferred to the whole. */
const LEAST = 0.5;

/** How much surer the parts are to be than the whole: a digit is rather whole than cut. */
const SURER = 1.05;

/** A part from one cut to another; 0 and `cuts + 1` are the ends of the piece. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/**
 * Decide whether a piece is one digit or several that touch: the way through its cuts whose least sure part is the surest,
 * where that is surer than the whole; null where the whole is.
 *
 * @param whole how sure the network is of the piece as one digit, 0 to 1.
 * @param parts what may be a digit, with how sure the network is of it.
 * @param ends the number of the last end: one more than there are cuts.
 */
export function chooseParts(
  whole: number,
  parts: readonly (Part & { readonly confidence: number })[],
  ends: number,
): Part[] | null {
  const best: { least: number; way: Part[] }[] = [{ least: 1, way: [] }];
  for (let end = 1; end <= ends; end++) {
    best[end] = { least: 0, way: [] };
    for (const part of parts) {
      if (part.to !== end) continue;
      const before = best[part.from] as { least: number; way: Part[] };
      const least = Math.min(before.least, part.confidence);
      if (least > (best[end] as { least: number }).least) {
        best[end] = { least, way: [...before.way, { from: part.from, to: part.to }] };
      }
    }
  }
  const { least, way } = best[ends] as { least: number; way: Part[] };
  return way.length > 1 && least >= LEAST && least > SURER * whole ? way : null;
}

/** Two pieces that may be one digit, by their places in the list of pieces, and how sure the network is of them together. */
export interface Pair {
  readonly first: number;
  readonly second: number;
  readonly confidence: number;
}

/**
 * Decide which pieces are parts of one digit: pairs of which the network is surer together than of each alone. Of two pairs
 * that share a piece the one that gains more counts.
 *
 * @param apart how sure the network is of each piece alone.
 */
export function chooseJoins<Kind extends Pair>(apart: readonly number[], pairs: readonly Kind[]): Kind[] {
  const alone = ({ first, second }: Pair) => [apart[first], apart[second]] as [number, number];
  const gain = (pair: Kind) => pair.confidence - Math.min(...alone(pair));
  const used = new Set<number>();
  const chosen: Kind[] = [];
  for (const pair of [...pairs].sort((a, b) => gain(b) - gain(a) || a.first - b.first || a.second - b.second)) {
    // Where one is unsure, the other may well look like a digit without it: a 5 without its flag does.
    if (pair.confidence < LEAST || gain(pair) <= 0) continue;
    if (used.has(pair.first) || used.has(pair.second)) continue;
    used.add(pair.first).add(pair.second);
    chosen.push(pair);
  }
  return chosen;
}

/** Parts have to be at least as sure as this to be preferred to the whole. */
const LEAST = 0.5;

/** The same where the whole is too wide for a digit; one part that is unsure does not spoil its neighbours. */
const LEAST_OF_WIDE = 0.1;

/** What each part costs, as a logarithm: of ways as good the one with fewer parts is taken. */
const COST = 0.3;

/** How much surer the parts are to be than a whole that is too wide for one digit. */
const SURER = 1.05;

/**
 * Of what may well be one digit, the doubt in its least sure part is to be below this power of the doubt in the whole: an 8
 * that is read at 70% has parts that look like digits, too. Chosen on validation digits, alone and touching.
 */
const DOUBT = 4;

/** A part from one cut to another; 0 and `cuts + 1` are the ends of the piece. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/**
 * Decide whether a piece is one digit or several that touch: the way through its cuts whose least sure part is the surest,
 * or, of what is too wide for a digit, whose parts are together the likeliest. Null where the parts are not so
 * much surer than the whole.
 *
 * @param whole how sure the network is of the piece as one digit, 0 to 1.
 * @param parts what may be a digit, with how sure the network is of it.
 * @param ends the number of the last end: one more than there are cuts.
 * @param wide whether the piece is too wide for one digit.
 */
export function chooseParts(
  whole: number,
  parts: readonly (Part & { readonly confidence: number })[],
  ends: number,
  wide = false,
): readonly Part[] | null {
  const best: Way[] = [{ score: 0, least: 1, parts: [] }];
  for (let end = 1; end <= ends; end++) {
    best[end] = { score: -Infinity, least: 0, parts: [] };
    for (const { from, to, confidence } of parts) {
      if (to !== end) continue;
      const before = best[from] as Way;
      const least = Math.min(before.least, confidence);
      const score = wide ? before.score + Math.log(confidence) - COST : least;
      if (score > (best[end] as Way).score) {
        best[end] = { score, least, parts: [...before.parts, { from, to }] };
      }
    }
  }
  const { least, parts: way } = best[ends] as Way;
  const surer = wide
    ? least >= LEAST_OF_WIDE && least > SURER * whole
    : least >= LEAST && 1 - least < (1 - whole) ** DOUBT;
  return way.length > 1 && surer ? way : null;
}

interface Way {
  readonly score: number;
  readonly least: number;
  readonly parts: readonly Part[];
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

/** Parts must be at least so sure to be preferred to the whole. */
const MIN_CONFIDENCE = 0.5;

/** The same where the whole is too wide for one digit: an unsure part does not spoil its neighbours. */
const MIN_CONFIDENCE_OF_WIDE = 0.1;

/** The cost of each part of a wide piece, as a logarithm: of equally good ways the one with fewer parts is taken. */
const PART_COST = 0.3;

/** The parts of a piece that is too wide must be surer than the whole by this factor. */
const MIN_GAIN_OF_WIDE = 1.05;

/**
 * The doubt in the least sure part must be below this power of the doubt in the whole: an 8 that is read at 70% has parts
 * that look like digits, too. Chosen on validation digits, alone and touching.
 */
const DOUBT_POWER = 4;

/** A part from one cut to another, and the network's confidence in it; 0 and `cuts + 1` are the ends of the piece. */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly confidence: number;
}

interface Way<Kind> {
  readonly score: number;
  /** The confidence of its least sure part. */
  readonly least: number;
  readonly parts: readonly Kind[];
}

/**
 * Decide whether a piece is one digit or several that touch: the way through its cuts whose least sure part is the surest;
 * or, of a piece too wide for one digit, whose parts together are the likeliest. Null where the parts are not surer than the
 * whole by enough.
 *
 * @param whole the network's confidence in the piece as one digit, 0 to 1.
 * @param parts what may be a digit.
 * @param ends the number of the last end: the number of cuts plus one.
 * @param wide whether the piece is too wide for one digit.
 */
export function chooseParts<Kind extends Part>(
  whole: number,
  parts: readonly Kind[],
  ends: number,
  wide = false,
): readonly Kind[] | null {
  const best: Way<Kind>[] = [{ score: 0, least: 1, parts: [] }];
  for (let end = 1; end <= ends; end++) {
    best[end] = { score: -Infinity, least: 0, parts: [] };
    for (const part of parts) {
      if (part.to !== end) continue;
      const before = best[part.from] as Way<Kind>;
      const least = Math.min(before.least, part.confidence);
      const score = wide ? before.score + Math.log(part.confidence) - PART_COST : least;
      if (score > (best[end] as Way<Kind>).score) best[end] = { score, least, parts: [...before.parts, part] };
    }
  }
  const { least, parts: way } = best[ends] as Way<Kind>;
  const surer = wide
    ? least >= MIN_CONFIDENCE_OF_WIDE && least > MIN_GAIN_OF_WIDE * whole
    : least >= MIN_CONFIDENCE && 1 - least < (1 - whole) ** DOUBT_POWER;
  return way.length > 1 && surer ? way : null;
}

/** Two that are surer than this alone are one digit only if the doubt in it is at most this share of the doubt in them. */
const SURE_ALONE = 0.8;
const MAX_DOUBT = 0.1;

/** Together they are at least so sure, as a share of the surer one: a digit is not joined with a bracket beside it. */
const MIN_OF_SURER = 0.95;

/** Two pieces that may be one digit, by their places in the list, and the network's confidence in them together. */
export interface Pair {
  readonly first: number;
  readonly second: number;
  readonly confidence: number;
}

/**
 * Decide which pieces are parts of one digit: pairs in which the network has more confidence than in one of the two alone.
 * Of two pairs that share a piece the one that gains more is chosen.
 *
 * @param alone the network's confidence in each piece alone.
 */
export function chooseJoins<Kind extends Pair>(alone: readonly number[], pairs: readonly Kind[]): Kind[] {
  // The less sure one counts: the other may well look like a digit without it, as a 5 without its flag does.
  const leastAlone = ({ first, second }: Kind) => Math.min(alone[first] as number, alone[second] as number);
  const gain = (pair: Kind) => pair.confidence - leastAlone(pair);
  const used = new Set<number>();
  const chosen: Kind[] = [];
  for (const pair of [...pairs].sort((a, b) => gain(b) - gain(a) || a.first - b.first || a.second - b.second)) {
    const least = leastAlone(pair);
    const surer = Math.max(alone[pair.first] as number, alone[pair.second] as number);
    if (pair.confidence < MIN_OF_SURER * surer) continue;
    const share = least > SURE_ALONE ? MAX_DOUBT : 1;
    if (pair.confidence < MIN_CONFIDENCE || 1 - pair.confidence >= share * (1 - least)) continue;
    if (used.has(pair.first) || used.has(pair.second)) continue;
    used.add(pair.first).add(pair.second);
    chosen.push(pair);
  }
  return chosen;
}

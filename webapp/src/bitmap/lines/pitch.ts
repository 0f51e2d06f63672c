/** Uprights of boxes for one digit are so far from each other, as shares of the boxes' height. */
const MIN_PITCH = 0.4;
const MAX_PITCH = 1.4;

/** Pitches differ by this share where they are alike: a photo's perspective, and what is not quite regular. */
const ALIKE = 0.06;

/** Nearly as common as the commonest: also twice the pitch is common. */
const MIN_COMMON = 0.75;

/** Places are so far from where the last ones say that they are, as a share of the pitch. */
const MAX_OFF = 0.09;

/** A chain has so many places that were seen, and so large a share of all; so many in a row may be missed. */
const MIN_SEEN = 4;
const MIN_SHARE = 0.65;
const MAX_MISSED = 2;

/** Where boxes stand apart, the two lines between them are nearer than this share of the pitch; as many are seen, nearly. */
const MAX_APART = 0.35;
const MIN_SECOND = 0.5;

/** Places that repeat at a pitch. */
export interface Chain {
  /** From the left, those too that were not seen. */
  readonly places: readonly number[];
  readonly pitch: number;
}

/**
 * The places that repeat at a pitch: the uprights of boxes that touch, or one chain for the left and one for the right sides
 * of boxes that stand apart; none where nothing repeats. The pitch is the commonest distance; a chain is followed from
 * place to place, so that it may change along a row.
 *
 * @param places from the left.
 * @param height of the boxes.
 */
export function findChains(places: readonly number[], height: number): Chain[] {
  if (places.length < MIN_SEEN) return [];
  const pitch = commonest(distances(places, MIN_PITCH * height, MAX_PITCH * height));
  if (pitch === null) return [];
  const first = longest(places, pitch);
  if (first === null) return [];
  const rest = places.filter((place) => !first.seen.has(place));
  const second = longest(rest, first.chain.pitch);
  if (second === null) return [first.chain];
  const offsets = second.chain.places.map((place) => {
    const away = Math.min(...first.chain.places.map((other) => Math.abs(other - place))) / first.chain.pitch;
    return Math.abs(away - Math.round(away));
  });
  const apart = offsets.filter((offset) => offset > MAX_APART).length < 0.2 * offsets.length;
  return apart && second.seen.size >= MIN_SECOND * first.seen.size ? [first.chain, second.chain] : [first.chain];
}

function distances(places: readonly number[], least: number, most: number): number[] {
  return places.flatMap((one, i) =>
    places.slice(i + 1).flatMap((other) => (other - one >= least && other - one <= most ? [other - one] : [])),
  );
}

/** The least value that nearly as many others are near as are near any; null without values. */
function commonest(values: readonly number[]): number | null {
  const near = values.map((value) => values.filter((other) => Math.abs(other - value) <= ALIKE * value + 1));
  const most = Math.max(...near.map((all) => all.length));
  const best = near
    .filter((all) => all.length >= MIN_COMMON * most)
    .map((all) => all.reduce((a, b) => a + b) / all.length);
  return best.length > 0 ? Math.min(...best) : null;
}

/** The chain with the most places that were seen. */
function longest(places: readonly number[], pitch: number): Followed | null {
  let best: Followed | null = null;
  for (const start of places) {
    const followed = follow(start, places, pitch);
    if (best === null || followed.seen.size - followed.off > best.seen.size - best.off) best = followed;
  }
  if (best === null || best.seen.size < MIN_SEEN) return null;
  return best.seen.size >= MIN_SHARE * best.chain.places.length ? best : null;
}

/** A chain, which of its places were seen, and by how much they are off in all: by half of the tolerance, as many as one place. */
interface Followed {
  readonly chain: Chain;
  readonly seen: Set<number>;
  readonly off: number;
}

function follow(start: number, places: readonly number[], pitch: number): Followed {
  const chain = [start];
  const seen = new Set([start]);
  let step = pitch;
  let last = start;
  let off = 0;
  let missed: number[] = [];
  while (missed.length <= MAX_MISSED) {
    const next = last + (missed.length + 1) * step;
    const tolerance = MAX_OFF * step * (1 + 0.5 * missed.length) + 1;
    let nearest: number | null = null;
    for (const place of places) {
      const away = Math.abs(place - next);
      if (away <= tolerance && (nearest === null || away < Math.abs(nearest - next))) nearest = place;
    }
    if (nearest === null) {
      missed.push(next);
      continue;
    }
    off += (0.5 * Math.abs(nearest - next)) / tolerance;
    const one = (nearest - last) / (missed.length + 1);
    for (let k = 1; k <= missed.length; k++) chain.push(last + k * one);
    chain.push(nearest);
    seen.add(nearest);
    step += 0.3 * (one - step);
    last = nearest;
    missed = [];
  }
  const mean = chain.length > 1 ? (last - start) / (chain.length - 1) : pitch;
  return { chain: { places: chain, pitch: mean }, seen, off };
}

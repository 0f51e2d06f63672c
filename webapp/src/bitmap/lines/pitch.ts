import { median } from '../statistics';

/** Uprights of boxes for one digit are so far from each other, as shares of the boxes' height. */
const MIN_PITCH = 0.4;
const MAX_PITCH = 1.4;

/** Pitches differ by this share where they are alike: a photo's perspective, and what is not quite regular. */
const ALIKE = 0.06;

/** Distances are looked at that are so common, by the commonest: also twice the pitch is common. */
const MIN_COMMON = 0.35;

/** Places are so far from where the last ones say that they are, as a share of the pitch. */
const MAX_OFF = 0.09;

/** A line is near the place where the pitch says within this share of it, and a pixel. */
const NEAR = 0.07;

/** So many of the last steps, and the pitch itself, tell the next one. */
const MEMORY = 3;

/** A chain has so many places that were seen, and so large a share of all; so many in a row may be missed. */
export const MIN_SEEN = 4;
const MIN_SHARE = 0.65;
const MAX_MISSED = 2;

/** Where boxes stand apart, the two lines between them are nearer than this share of the pitch; as many are seen, nearly. */
const MAX_APART = 0.35;
const MIN_SECOND = 0.5;

/** Where boxes stand very near each other, their sides are pairs: so near, as a share of the boxes' height, and so many of all. */
const MAX_PAIR = 0.16;
const MIN_PAIRED = 0.4;

/** Places that repeat at a pitch. */
export interface Chain {
  /** From the left, those too that were not seen. */
  readonly places: readonly number[];
  readonly pitch: number;
  /** How far from its place a line may be. */
  readonly reach: number;
}

/**
 * The places that repeat at a pitch: the uprights of boxes that touch, or one chain for the left and one for the right sides
 * of boxes that stand apart; none where nothing repeats. The pitch is a common distance; a chain is followed from place to
 * place, so that it may change along a row.
 *
 * @param places from the left.
 * @param height of the boxes.
 */
export function findChains(places: readonly number[], height: number): Chain[] {
  if (places.length < MIN_SEEN) return [];
  const pairs = pairsOf(places, height);
  if (pairs !== null) {
    // Pairs alone tell best: at both ends one line stands alone, and elsewhere a stroke may.
    const [ofPairs] = findChains(pairs.middles, height);
    const chain = ofPairs ?? findChains(pairs.all, height)[0];
    if (chain === undefined) return [];
    const { places: found, pitch } = chain;
    const inner = ofPairs ? found : found.slice(1, -1);
    const left = [(inner[0] as number) - pitch, ...inner].map((place) => place + pairs.gap / 2);
    const right = [...inner, (inner.at(-1) as number) + pitch].map((place) => place - pairs.gap / 2);
    const reach = Math.min(chain.reach, pairs.gap / 2);
    return [left, right].map((side) => ({ places: side, pitch, reach }));
  }
  let best: readonly Followed[] = [];
  for (const pitch of commonest(distances(places, MIN_PITCH * height, MAX_PITCH * height))) {
    const followed = chainsAt(places, pitch);
    if (worth(followed) > worth(best)) best = followed;
  }
  return best.map(({ chain }) => chain);
}

/** The middles of two places that are near each other, and all with the single ones; null where few are pairs. */
function pairsOf(places: readonly number[], height: number): { middles: number[]; all: number[]; gap: number } | null {
  const middles: number[] = [];
  const all: number[] = [];
  const gaps: number[] = [];
  for (let i = 0; i < places.length; i++) {
    const [place, next] = [places[i] as number, places[i + 1] ?? Infinity];
    if (next - place > MAX_PAIR * height) {
      all.push(place);
      continue;
    }
    const middle = (place + next) / 2;
    middles.push(middle);
    all.push(middle);
    gaps.push(next - place);
    i++;
  }
  return gaps.length >= MIN_PAIRED * all.length ? { middles, all, gap: median(gaps) as number } : null;
}

function worth(chains: readonly Followed[]): number {
  return chains.reduce((sum, { seen, off }) => sum + seen.size - off, 0);
}

function chainsAt(places: readonly number[], pitch: number): Followed[] {
  const first = longest(places, pitch);
  if (first === null) return [];
  const rest = places.filter((place) => !first.seen.has(place));
  const second = longest(rest, first.chain.pitch);
  if (second === null) return [first];
  const offsets = second.chain.places.map((place) => {
    const away = Math.min(...first.chain.places.map((other) => Math.abs(other - place))) / first.chain.pitch;
    return Math.abs(away - Math.round(away));
  });
  const apart = offsets.filter((offset) => offset > MAX_APART).length < 0.2 * offsets.length;
  return apart && second.seen.size >= MIN_SECOND * first.seen.size ? [first, second] : [first];
}

function distances(places: readonly number[], least: number, most: number): number[] {
  return places.flatMap((one, i) =>
    places.slice(i + 1).flatMap((other) => (other - one >= least && other - one <= most ? [other - one] : [])),
  );
}

/** The values that have the most others near them, each far from the others. */
function commonest(values: readonly number[]): number[] {
  const isNear = (one: number, other: number) => Math.abs(other - one) <= ALIKE * one + 1;
  const counted = values.map((value) => ({ value, near: values.filter((other) => isNear(value, other)).length }));
  const most = Math.max(...counted.map(({ near }) => near));
  const common = counted.filter(({ near }) => near >= MIN_COMMON * most).sort((a, b) => b.near - a.near);
  const apart: number[] = [];
  for (const { value } of common) if (!apart.some((other) => isNear(value, other))) apart.push(value);
  return apart;
}

/** The chain with the most places that were seen. */
function longest(places: readonly number[], pitch: number): Followed | null {
  let best: Followed | null = null;
  const inChains = new Set<number>();
  for (const start of places) {
    if (inChains.has(start)) continue; // the same chain again, but shorter
    const followed = follow(start, places, pitch);
    if (best === null || followed.seen.size - followed.off > best.seen.size - best.off) best = followed;
    for (const place of followed.seen) inChains.add(place);
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
    const back = Math.min(chain.length - 1, MEMORY);
    step = (pitch + nearest - (chain[chain.length - 1 - back] as number)) / (1 + back);
    last = nearest;
    missed = [];
  }
  const mean = chain.length > 1 ? (last - start) / (chain.length - 1) : pitch;
  return { chain: { places: chain, pitch: mean, reach: NEAR * mean + 1 }, seen, off };
}

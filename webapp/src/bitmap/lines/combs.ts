import type { Plane } from '../plane';
import type { CellRow } from './cellRows';
import type { Cell } from './cells';
import { lengthOf, placeAt, slopeOf } from './lineGeometry';
import { type Chain, findChains } from './pitch';
import type { TracedLine } from './traceLines';
import { findUprights, type Upright } from './uprights';

/** A base is so many times as long as thick. */
const MIN_ASPECT = 20;

/** Teeth are so long at least, by the greatest thickness of a line; each next length that is tried is longer by this factor. */
const SHORTEST = 1;
const STEP = 1.25;
const LENGTHS = 9;

/** Boxes are so many times as high as their teeth, for the pitches that are looked for. */
const HEIGHT = 3;

/** Longer teeth are found as long as so many of the most are seen. */
const MIN_OF_MOST = 0.7;

/** The first and the last tooth stand at the ends of the base, by the pitch; less than two of them in three are strokes that go on upwards. */
const MAX_END = 0.2;
const MAX_GOING_ON = 0.5;

/** The room above the base in which digits stand: by the pitch, and by the length of the teeth. */
const ROOM = { pitch: 1.3, tooth: 2.75 };

/** Combs, and the lines that they are made of. */
export interface Combs {
  readonly lines: readonly TracedLine[];
  readonly rows: readonly CellRow[];
}

/**
 * Find combs that are open above: on a base, short uprights that stand at a pitch, from its one end to its other.
 *
 * @param bases lines that run from left to right.
 * @param reach the greatest thickness of a line.
 */
export function findCombs(
  bases: readonly TracedLine[],
  levels: Plane<Int16Array>,
  reach: number,
  background: number,
): Combs {
  const found = bases.flatMap((base) => {
    if (lengthOf(base) < MIN_ASPECT * base.thickness) return [];
    const comb = combOn(base, levels, reach, background);
    return comb ? [{ base, ...comb }] : [];
  });
  return {
    lines: found.flatMap(({ base, teeth }) => [base, ...teeth.map(({ line }) => line)]),
    rows: found.map(({ base, chain, length, teeth }) => ({ cells: cellsOf(base, chain, length, teeth), isComb: true })),
  };
}

interface Comb {
  readonly teeth: readonly Upright[];
  readonly chain: Chain;
  readonly length: number;
}

/** The longest teeth of which nearly as many are seen as of any length. */
function combOn(base: TracedLine, levels: Plane<Int16Array>, reach: number, background: number): Comb | null {
  const combs: Comb[] = [];
  for (let i = 0, length = Math.max(SHORTEST * reach, 5); i < LENGTHS; i++, length *= STEP) {
    const comb = teethOf(base, length, levels, background);
    if (comb) combs.push(comb);
  }
  const most = Math.max(...combs.map(({ teeth }) => teeth.length));
  const best = combs.findLast(({ teeth }) => teeth.length >= MIN_OF_MOST * most);
  if (best === undefined) return null;
  const further = teethOf(base, best.length * STEP * STEP, levels, background);
  return further && further.teeth.length > MAX_GOING_ON * best.teeth.length ? null : best;
}

/** What stands on a base at a pitch and is so long. */
function teethOf(base: TracedLine, length: number, levels: Plane<Int16Array>, background: number): Comb | null {
  const top = { ...base, places: base.places.map((place) => place - length), thickness: 1 };
  const found = findUprights(top, base, base.from, base.to, levels, background).filter(({ isSure }) => isSure);
  const [chain, second] = findChains(
    found.map(({ x }) => x),
    HEIGHT * length,
  );
  if (chain === undefined || second !== undefined) return null;
  const [first, last] = [chain.places[0] as number, chain.places.at(-1) as number];
  const end = MAX_END * chain.pitch + base.thickness;
  const aside = (slopeOf(base) * length) / 2;
  const whole = Math.abs(first - aside - base.from) <= end && Math.abs(last - aside - base.to) <= end;
  const teeth = found.filter(({ x }) => chain.places.some((place) => Math.abs(place - x) <= chain.reach));
  return whole ? { teeth, chain, length } : null;
}

function cellsOf(base: TracedLine, { places, pitch }: Chain, length: number, teeth: readonly Upright[]): Cell[] {
  const height = Math.min(ROOM.pitch * pitch, ROOM.tooth * length);
  const top = { ...base, places: base.places.map((place) => place - height) };
  const slope = teeth.reduce((sum, one) => sum + one.slope, 0) / teeth.length;
  const sides = places.map((x) => {
    const foot = Math.round(placeAt(base, x));
    const line = Float32Array.from({ length: Math.ceil(height) }, (_, k) => x + slope * (k - height + length / 2));
    return { x, line: { ...base, upright: true, from: foot - line.length + 1, to: foot, places: line } };
  });
  return sides.slice(1).map((right, i) => {
    const left = sides[i] as (typeof sides)[0];
    const middle = (left.x + right.x) / 2;
    const box = { x: left.x, y: placeAt(top, middle), width: right.x - left.x, height };
    return { box, left: left.line, right: right.line, top, bottom: base };
  });
}

import { type Box, IMAGE_SIZE, type Ink, rasterizeInk, type Stroke } from '../ink';
import { DOUBTFUL, joinReadings, type Reading, readDigit } from '../reading';
import { bestPath } from './bestPath';
import type { DigitCandidate, DigitCandidates } from './candidate';
import type { cutCandidates } from './cutCandidates';
import { digitCandidates } from './digitCandidates';
import { scoreGeometry, scoreNetwork } from './scoreCandidate';

const PIXELS = IMAGE_SIZE * IMAGE_SIZE;
const CLASSES = 10;

/** Rounds in which only the candidates of the best path are classified; then all that are left are. */
const ROUNDS = 3;

/** Rounds after which ink is not cut. */
const CUT_ROUNDS = 60;

/** A part of a stroke is a digit of which the network is at least so sure: scribbles have parts that look like digits. */
const CERTAIN = 0.99;

/** Two digits that share more than this of the wider one's width are on top of each other. */
const ONE_PLACE = 0.6;

/** In line heights: one thing that no digit need be is not wider, and its strokes are not farther apart. */
const WIDE = 0.9;
const TOUCHING = 0.05;

/** A candidate with what is known of it. */
interface Seen {
  readonly candidate: DigitCandidate;
  /** Its strokes by name. */
  readonly key: string;
  readonly geometry: number;
}

/** A lattice of candidates over pieces of ink; the first candidate is all the ink. */
interface Lattice {
  readonly pieces: number;
  readonly seen: readonly Seen[];
}

/**
 * Reads ink as one digit or as a number: the best path through a lattice of candidates.
 *
 * Few candidates are classified. One that the network has not seen counts as read with certainty: where the best path
 * holds none of these, no other path can be better, whatever the network would say. What was classified is remembered
 * by its strokes, so that after one more stroke only new groups are read.
 */
export class InkReader {
  readonly #classify: (pixels: Float32Array) => Float32Array;
  readonly #sureEnough: number;
  readonly #names = new StrokeNames();
  #known = new Map<string, Float32Array>();
  /** The lattice of joined digits that was searched last: what is known of it is kept for one more stroke. */
  #joined: readonly Seen[] = [];

  /**
   * @param classify n×784 pixels to n×10 probabilities.
   * @param sureEnough the confidence that a digit has to exceed to be named.
   */
  constructor(classify: (pixels: Float32Array) => Float32Array, sureEnough: number) {
    this.#classify = classify;
    this.#sureEnough = sureEnough;
  }

  /** The network has changed: forget what it said. */
  forget(): void {
    this.#known.clear();
  }

  /**
   * Read strokes of [x, y] points, y down, in any unit. Digits come from left to right.
   *
   * @throws TypeError where a point is no pair of finite numbers.
   */
  read(ink: Ink): Reading {
    const names = this.#names.of(ink);
    const lattice = this.#lattice(digitCandidates(ink), names);
    const known = [...lattice.seen, ...this.#joined].flatMap(({ key }) => {
      const of = this.#known.get(key);
      return of ? [[key, of] as const] : [];
    });
    this.#known = new Map(known);
    this.#joined = [];
    const path = this.#bestPath(lattice, ink);
    const [whole] = lattice.seen;
    const isOne = whole && path.length === 2 && this.#isOneThing(whole, path as [Seen, Seen]);
    return this.#readingOf(isOne ? [whole] : path, ink);
  }

  /**
   * Read the ink of a number in which the pen may have gone on from one digit into the next: strokes that the network
   * doubts are cut where the parts are digits, and lines that only join two are left out. Null where none is.
   *
   * @param find `cutCandidates`, handed in: most ink needs no cut, and its program comes later.
   */
  readJoined(ink: Ink, find: typeof cutCandidates): Reading | null {
    const names = this.#names.of(ink);
    const { seen } = this.#lattice(digitCandidates(ink), names);
    if ((seen[0]?.candidate.width ?? 0) <= WIDE) return null;
    const unsure = seen.filter((one) => one.candidate.strokes.length === 1 && this.#isUnsure(one, ink));
    const mayCut = unsure.flatMap(({ candidate }) => candidate.strokes);
    const found = mayCut.length > 0 ? find(ink, mayCut) : null;
    if (found === null) return null;
    const lattice = this.#lattice(found, names);
    this.#joined = lattice.seen;
    const path = this.#bestPath(lattice, ink, true).filter(({ candidate }) => candidate.joint === undefined);
    const cut = path.filter(({ candidate }) => candidate.cuts);
    if (cut.length === 0 || cut.some((one) => this.#isUnsure(one, ink, CERTAIN))) return null;
    const reading = this.#readingOf(path, ink);
    // What is cut into nothing but 1s is a zigzag, or a tick.
    const isZigzag = ({ candidate: { strokes } }: Seen) =>
      reading.digits.every((one) => !one.ink || one.digit === 1 || !one.strokes?.some((of) => strokes.includes(of)));
    return cut.some(isZigzag) ? null : reading;
  }

  #readingOf(path: readonly Seen[], ink: Ink): Reading {
    const unknown = path.filter(({ key }) => !this.#known.has(key));
    if (unknown.length > 0) this.#see(unknown, ink);
    const ordered = [...path].sort((one, other) => middle(one.candidate) - middle(other.candidate));
    const read = ordered.map(({ candidate: { box, strokes, parts }, key }) =>
      readDigit(
        this.#known.get(key) as Float32Array,
        box,
        this.#sureEnough,
        strokes,
        parts && partsOf({ strokes, parts }, ink),
      ),
    );
    return joinReadings(read);
  }

  #lattice({ pieces, candidates }: DigitCandidates, names: readonly number[]): Lattice {
    const seen = candidates.map((candidate): Seen => {
      const parts = candidate.parts?.join(' ') ?? '';
      const key = `${candidate.strokes.map((stroke) => names[stroke]).join(' ')}:${parts}`;
      return { candidate, key, geometry: scoreGeometry(candidate) };
    });
    return { pieces, seen };
  }

  #isUnsure(seen: Seen, ink: Ink, enough = DOUBTFUL): boolean {
    if (!this.#known.has(seen.key)) this.#see([seen], ink);
    return Math.max(...(this.#known.get(seen.key) as Float32Array)) <= enough;
  }

  /**
   * Whether what parts into two is one thing, and so perhaps no digit: two digits on top of each other, or a digit that
   * touches what is none, as the upright of a K does.
   */
  #isOneThing({ candidate: whole }: Seen, [one, other]: readonly [Seen, Seen]): boolean {
    if (shareOnePlace(one.candidate.box, other.candidate.box)) return true;
    const unsure = ({ key }: Seen) => Math.max(...(this.#known.get(key) as Float32Array)) <= DOUBTFUL;
    return whole.width <= WIDE && whole.reach <= TOUCHING && (unsure(one) || unsure(other));
  }

  /** The best path; where strokes are cut, none if it is not found soon: scribbles have very many. */
  #bestPath({ pieces, seen: lattice }: Lattice, ink: Ink, cutting = false): Seen[] {
    for (let round = 1; ; round++) {
      const scored = lattice.map(({ candidate, key, geometry }) => {
        const known = this.#known.get(key);
        return { pieces: candidate.pieces, score: geometry + (known ? scoreNetwork(known) : 0) };
      });
      const path = bestPath(pieces, scored).map((i) => lattice[i] as Seen);
      const unknown = ({ candidate, key }: Seen) => candidate.joint === undefined && !this.#known.has(key);
      if (!path.some(unknown)) return path;
      if (cutting && round > CUT_ROUNDS) return [];
      this.#see((round > ROUNDS && !cutting ? lattice : path).filter(unknown), ink);
    }
  }

  #see(unknown: readonly Seen[], ink: Ink): void {
    const pixels = new Float32Array(unknown.length * PIXELS);
    for (const [i, { candidate }] of unknown.entries()) {
      pixels.set(rasterizeInk(partsOf(candidate, ink)), i * PIXELS);
    }
    const probabilities = this.#classify(pixels);
    for (const [i, { key }] of unknown.entries()) {
      this.#known.set(key, probabilities.slice(CLASSES * i, CLASSES * (i + 1)));
    }
  }
}

/** Whether two boxes share most of the wider one's width. */
function shareOnePlace(one: Box, other: Box): boolean {
  const shared = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  return shared > ONE_PLACE * Math.max(one.width, other.width);
}

/** The ink of a candidate: its strokes, or its parts of them. */
function partsOf({ strokes, parts }: Pick<DigitCandidate, 'strokes' | 'parts'>, ink: Ink): Ink {
  return strokes.map((stroke, i) => {
    const [first, last] = parts?.[i] ?? [0, Infinity];
    return (ink[stroke] as Stroke).slice(first, last + 1);
  });
}

function middle({ box: { x, width } }: DigitCandidate): number {
  return x + width / 2;
}

/** Gives equal strokes of two inks in a row the same name. */
class StrokeNames {
  #named: { stroke: Stroke; name: number }[] = [];
  #next = 0;

  of(ink: Ink): number[] {
    const named = ink.map((stroke) => ({ stroke, name: this.#find(stroke) ?? this.#next++ }));
    this.#named = named;
    return named.map(({ name }) => name);
  }

  #find(stroke: Stroke): number | undefined {
    return this.#named.find(({ stroke: { length }, stroke: known }) => length === stroke.length && equal(known, stroke))
      ?.name;
  }
}

function equal(one: Stroke, other: Stroke): boolean {
  return one.every(([x, y], i) => x === other[i]?.[0] && y === other[i]?.[1]);
}

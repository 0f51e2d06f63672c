import {
  type Box,
  type DigitCandidate,
  digitCandidates,
  IMAGE_SIZE,
  type Ink,
  rasterizeInk,
  type Stroke,
} from '../ink';
import { bestPath, joinReadings, type Reading, readDigit, scoreGeometry, scoreNetwork } from '../reading';

const PIXELS = IMAGE_SIZE * IMAGE_SIZE;
const CLASSES = 10;

/** Rounds in which only the candidates of the best path are classified; then all that are left are. */
const ROUNDS = 3;

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
    const { pieces, candidates } = digitCandidates(ink);
    const names = this.#names.of(ink);
    const lattice = candidates.map((candidate): Seen => {
      const key = candidate.strokes.map((stroke) => names[stroke]).join(' ');
      return { candidate, key, geometry: scoreGeometry(candidate) };
    });
    this.#known = new Map(
      lattice.flatMap(({ key }) => {
        const known = this.#known.get(key);
        return known ? [[key, known]] : [];
      }),
    );
    const path = this.#bestPath(pieces, lattice, ink);
    path.sort((one, other) => middle(one.candidate) - middle(other.candidate));
    const [whole] = lattice;
    const isOne = whole && path.length === 2 && this.#isOneThing(whole, path as [Seen, Seen]);
    if (isOne && !this.#known.has(whole.key)) this.#see([whole], ink);
    const read = (isOne ? [whole] : path).map(({ candidate: { box, strokes }, key }) =>
      readDigit(this.#known.get(key) as Float32Array, box, this.#sureEnough, strokes),
    );
    return joinReadings(read);
  }

  /**
   * Whether what parts into two is one thing, and so perhaps no digit: two digits on top of each other, or a digit that
   * touches what is none, as the upright of a K does.
   */
  #isOneThing({ candidate: whole }: Seen, [one, other]: readonly [Seen, Seen]): boolean {
    if (shareOnePlace(one.candidate.box, other.candidate.box)) return true;
    const unsure = ({ key }: Seen) => Math.max(...(this.#known.get(key) as Float32Array)) <= this.#sureEnough;
    return whole.width <= WIDE && whole.reach <= TOUCHING && (unsure(one) || unsure(other));
  }

  #bestPath(pieces: number, lattice: readonly Seen[], ink: Ink): Seen[] {
    for (let round = 1; ; round++) {
      const scored = lattice.map(({ candidate, key, geometry }) => {
        const known = this.#known.get(key);
        return { pieces: candidate.pieces, score: geometry + (known ? scoreNetwork(known) : 0) };
      });
      const path = bestPath(pieces, scored).map((i) => lattice[i] as Seen);
      const unknown = ({ key }: Seen) => !this.#known.has(key);
      if (!path.some(unknown)) return path;
      this.#see((round > ROUNDS ? lattice : path).filter(unknown), ink);
    }
  }

  #see(unknown: readonly Seen[], ink: Ink): void {
    const pixels = new Float32Array(unknown.length * PIXELS);
    for (const [i, { candidate }] of unknown.entries()) {
      pixels.set(rasterizeInk(candidate.strokes.map((stroke) => ink[stroke] as Stroke)), i * PIXELS);
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

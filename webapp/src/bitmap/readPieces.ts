import type { Box } from '../box';
import { CLASSES, PIXELS } from '../ink';
import { DOUBTFUL } from '../reading';
import { darkBox, toDigit } from './digits/toDigit';
import { chooseJoins, chooseParts, type Part } from './pieces/chooseParts';
import type { Labelled } from './pieces/components';
import { between, proposeCuts } from './pieces/cuts';
import { nearPairs, type Pieces } from './pieces/findPieces';
import type { TextLine } from './pieces/orderLines';
import { joinPieces, type Piece } from './pieces/piece';
import { type CutOut, cutOut } from './pieces/softInk';
import type { PreparedInk } from './prepareInk';

/** The widest digit, as a share of its height. */
const MAX_ASPECT = 1.4;

/** Narrower pieces, as a share of their height, are not cut. */
const MIN_CUT_ASPECT = 0.6;

/** A part of a piece is a digit if it is at least so wide and so high, as shares of the piece's height. */
const MIN_PART_WIDTH = 0.08;
const MIN_PART_HEIGHT = 0.6;

/** n×784 pixels to n×10 probabilities. */
export type Classify = (pixels: Float32Array) => ArrayLike<number>;

/** What may be a digit: where it is, in pixels of the picture, and as the network sees it. */
export interface Unread {
  readonly box: Box;
  readonly image: Float32Array;
}

/** The same with ten probabilities. */
export interface Candidate extends Unread {
  readonly probabilities: readonly number[];
}

/** Classifies pieces of ink: alone, joined and cut. */
export class PieceReader {
  readonly #ink: PreparedInk;
  readonly #labels: Labelled['labels'];
  readonly #classify: Classify;

  constructor(ink: PreparedInk, { labels }: Labelled, classify: Classify) {
    this.#ink = ink;
    this.#labels = labels;
    this.#classify = classify;
  }

  /** Join pieces that stand near each other and are surer together; or all, where a digit broke into pieces. */
  join({ pieces, height, together }: Pieces): readonly Piece[] {
    const near = nearPairs(pieces, height).map(([first, second]) => {
      return { first, second, piece: joinPieces([pieces[first] as Piece, pieces[second] as Piece]) };
    });
    if (near.length === 0 && together === null) return pieces;
    const all = [...pieces, ...near.map(({ piece }) => piece), ...(together ? [together] : [])];
    const unread = all.map((piece) => this.#whole(piece, this.#ink.ruled ?? 0));
    const confidences = classifyAll(unread, this.#classify).map(confidenceOf);
    const alone = confidences.slice(0, pieces.length);
    const doubtful = alone.length === 0 || alone.some((one) => one <= DOUBTFUL);
    if (together && doubtful && (confidences.at(-1) as number) > DOUBTFUL) return [together];
    const pairs = near.map((pair, i) => ({ ...pair, confidence: confidences[pieces.length + i] as number }));
    const chosen = chooseJoins(alone, pairs);
    const used = new Set(chosen.flatMap(({ first, second }) => [first, second]));
    return [...pieces.filter((_, i) => !used.has(i)), ...chosen.map(({ piece }) => piece)];
  }

  /** Read lines of pieces; pieces are cut where their parts are surer. */
  read(lines: readonly TextLine[]): Candidate[][] {
    const unread = lines.map(({ pieces, slope }) => pieces.map((piece) => this.#whole(piece, slope)));
    const wholes = classifyAll(unread.flat(), this.#classify);
    return lines.map(({ pieces, slope }) =>
      pieces.flatMap((piece) => this.#split(piece, wholes.shift() as Candidate, slope)),
    );
  }

  /** The piece as one digit, or as several that touch. */
  #split(piece: Piece, whole: Candidate, slope: number): Candidate[] {
    const wide = piece.width >= MAX_ASPECT * piece.height;
    const narrow = piece.width < MIN_CUT_ASPECT * piece.height;
    if (!wide && (narrow || confidenceOf(whole) > DOUBTFUL)) return [whole];
    const { parts, ends } = partsOf(this.#cutOut(piece), wide, slope);
    const candidates = classifyAll(parts, this.#classify).map((candidate, i) => {
      const { from, to } = parts[i] as Part;
      return { ...candidate, from, to, confidence: confidenceOf(candidate) };
    });
    const way = chooseParts(confidenceOf(whole), candidates, ends, wide);
    if (way === null) return [whole];
    return way.flatMap(({ from, to }) => candidates.filter((one) => one.from === from && one.to === to));
  }

  #cutOut(piece: Piece): CutOut {
    return cutOut(piece, this.#ink.levels, this.#labels, this.#ink);
  }

  #whole(piece: Piece, slope: number): Unread {
    const { x, y, width, height } = piece;
    return { box: { x, y, width, height }, image: toDigit(this.#cutOut(piece), slope) };
  }
}

/** The parts between any two cuts of a piece that may be a digit, and the number of the piece's last end. */
function partsOf(ink: CutOut, wide: boolean, slope: number): { parts: (Unread & Part)[]; ends: number } {
  const cuts = proposeCuts(ink, wide);
  const ends = cuts.length + 1;
  const parts: (Unread & Part)[] = [];
  for (let from = 0; from < ends; from++) {
    for (let to = from + 1; to <= ends; to++) {
      if (from === 0 && to === ends) continue;
      const part = between(ink, cuts[from - 1] ?? null, cuts[to - 1] ?? null);
      const box = darkBox(part);
      if (box === null || box.height < MIN_PART_HEIGHT * ink.height) continue;
      if (box.width < MIN_PART_WIDTH * ink.height || box.width > MAX_ASPECT * ink.height) continue;
      parts.push({ from, to, box: boxInPicture(ink, box), image: toDigit(part, slope) });
    }
  }
  return { parts, ends };
}

/** Classify all that is unread, in one call of the network. */
export function classifyAll(unread: readonly Unread[], classify: Classify): Candidate[] {
  if (unread.length === 0) return [];
  const all = Array.from(classify(joinImages(unread)));
  return unread.map(({ box, image }, i) => {
    return { box, image, probabilities: all.slice(CLASSES * i, CLASSES * (i + 1)) };
  });
}

/** n images, one after another, as n×784 pixels. */
export function joinImages(unread: readonly Unread[]): Float32Array {
  const pixels = new Float32Array(unread.length * PIXELS);
  for (const [i, { image }] of unread.entries()) pixels.set(image, i * PIXELS);
  return pixels;
}

function confidenceOf({ probabilities }: Candidate): number {
  return Math.max(...probabilities);
}

function boxInPicture({ x, y, factor }: CutOut, box: Box): Box {
  return { x: x + box.x * factor, y: y + box.y * factor, width: box.width * factor, height: box.height * factor };
}

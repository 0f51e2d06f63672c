import { type Box, IMAGE_SIZE } from '../ink';
import { type DigitReading, DOUBTFUL, type Reading, readDigit } from '../reading';
import { darkBox, toDigit } from './digits/toDigit';
import { toGrey } from './paper/toGrey';
import type { Picture, Plane } from './picture';
import { chooseJoins, chooseParts, type Part } from './pieces/chooseParts';
import { findComponents, type Labelled } from './pieces/components';
import { between, proposeCuts } from './pieces/cuts';
import { findPieces, nearPairs, type Pieces } from './pieces/findPieces';
import { orderLines, type TextLine } from './pieces/orderLines';
import { joinPieces, type Piece } from './pieces/piece';
import { type CutOut, cutOut } from './pieces/softInk';
import { type PreparedInk, prepareInk } from './prepareInk';

const PIXELS = IMAGE_SIZE * IMAGE_SIZE;

/** 28×28 is MNIST's own size; one whose edge is darker than this on average is read as it is. */
const DARK_EDGE = 48;
const LEAST_CONTRAST = 30;

/** How wide a digit is at most, as a share of its height. */
const WIDE = 1.4;

/** Pieces narrower than this, as a share of their height, are not cut; nor is a part a digit that is so narrow or low. */
const CUTTABLE = 0.6;
const NARROWEST = 0.08;
const LOWEST = 0.6;

/** What is no digit and is yet shown as one that is unsure: its height as a share of the line's, and its confidence. */
const TALL = 0.55;
const LIKELY = 0.3;

/** n×784 pixels to n×10 probabilities. */
export type Classify = (pixels: Float32Array) => ArrayLike<number>;

/** What was read on a picture; boxes are in its pixels. */
export interface PictureReading extends Reading {
  /** The digits of each line, from the top: together they are `text`. */
  readonly lines: readonly string[];
  /** n×784: what the network saw of each digit, 0 (paper) to 1 (ink). */
  readonly images: Float32Array;
  /** Why nothing was read: no ink at all, or none that looks like a digit; null where something was. */
  readonly nothing: 'blank' | 'no-digit' | null;
}

/** Something that may be a digit. */
interface Candidate {
  readonly box: Box;
  readonly image: Float32Array;
  readonly probabilities: readonly number[];
}

/**
 * Read the digits of a picture, line by line, from left to right.
 *
 * @param picture dark on light or light on dark, of a bounded size: all of it is held in memory several times.
 * @param classify the network.
 * @param sureEnough the confidence, between 0 and 1, that a digit has to exceed to be named.
 * @throws PictureError where all of it is transparent.
 */
export function readPicture(picture: Picture, classify: Classify, sureEnough: number): PictureReading {
  const grey = toGrey(picture);
  const own = asMnist(grey);
  if (own !== null) {
    const box = { x: 0, y: 0, width: IMAGE_SIZE, height: IMAGE_SIZE };
    return assemble([[classifyOne({ box, image: own }, classify)]], [IMAGE_SIZE], sureEnough);
  }
  const ink = prepareInk(grey);
  if (ink === null) return nothingRead('blank');
  const labelled = findComponents(ink.levels, ink.rim, ink.ink);
  const found = findPieces(labelled.components, grey.width, grey.height);
  const reader = new PieceReader(ink, labelled, classify);
  const lines = orderLines(reader.join(found), ink.ruled);
  return assemble(
    reader.read(lines),
    lines.map((line) => typicalHeight(line.pieces)),
    sureEnough,
  );
}

/** Asks the network what pieces of ink are: alone, joined, and cut. */
class PieceReader {
  readonly #ink: PreparedInk;
  readonly #labelled: Labelled;
  readonly #classify: Classify;

  constructor(ink: PreparedInk, labelled: Labelled, classify: Classify) {
    this.#ink = ink;
    this.#labelled = labelled;
    this.#classify = classify;
  }

  /** Join pieces that stand near each other and are surer together; all, where a digit broke into pieces. */
  join({ pieces, height, together }: Pieces): readonly Piece[] {
    const near = nearPairs(pieces, height).map(([first, second]) => {
      const piece = joinPieces([pieces[first] as Piece, pieces[second] as Piece]);
      return { first, second, piece };
    });
    if (near.length === 0 && together === null) return pieces;
    const slope = this.#ink.ruled ?? 0;
    const all = [...pieces, ...near.map(({ piece }) => piece), ...(together ? [together] : [])];
    const unread = all.map((piece) => this.#whole(piece, slope));
    const sure = classifyAll(unread, this.#classify).map(confidenceOf);
    const apart = sure.slice(0, pieces.length);
    const doubtful = apart.length === 0 || apart.some((one) => one <= DOUBTFUL);
    if (together && doubtful && (sure.at(-1) as number) > DOUBTFUL) return [together];
    const pairs = near.map((pair, i) => ({ ...pair, confidence: sure[pieces.length + i] as number }));
    const chosen = chooseJoins(apart, pairs);
    const used = new Set(chosen.flatMap(({ first, second }) => [first, second]));
    return [...pieces.filter((_, i) => !used.has(i)), ...chosen.map(({ piece }) => piece)];
  }

  /** Read lines of pieces; what touches is cut where the parts are surer. */
  read(lines: readonly TextLine[]): Candidate[][] {
    const unread = lines.map((line) => line.pieces.map((piece) => this.#whole(piece, line.slope)));
    const wholes = classifyAll(unread.flat(), this.#classify);
    return lines.map(({ pieces, slope }) =>
      pieces.flatMap((piece) => this.#split(piece, wholes.shift() as Candidate, slope)),
    );
  }

  /** The piece as one digit, or as several that touch. */
  #split(piece: Piece, whole: Candidate, slope: number): Candidate[] {
    const sure = confidenceOf(whole) > DOUBTFUL;
    const wide = piece.width >= WIDE * piece.height;
    if (!wide && (sure || piece.width < CUTTABLE * piece.height)) return [whole];
    const ink = this.#cutOut(piece);
    const cuts = proposeCuts(ink, wide);
    const ends = cuts.length + 1;
    const unread: (Unread & Part)[] = [];
    for (let from = 0; from < ends; from++) {
      for (let to = from + 1; to <= ends; to++) {
        if (from === 0 && to === ends) continue;
        const part = between(ink, cuts[from - 1] ?? null, cuts[to - 1] ?? null);
        const box = darkBox(part);
        if (box === null || box.width < NARROWEST * ink.height || box.width > WIDE * ink.height) continue;
        if (box.height < LOWEST * ink.height) continue;
        unread.push({ from, to, box: boxInPicture(ink, box), image: toDigit(part, slope) });
      }
    }
    const parts = classifyAll(unread, this.#classify);
    const way = chooseParts(
      confidenceOf(whole),
      unread.map(({ from, to }, i) => ({ from, to, confidence: confidenceOf(parts[i] as Candidate) })),
      ends,
      wide,
    );
    if (way === null) return [whole];
    return way.map(({ from, to }) => parts[unread.findIndex((one) => one.from === from && one.to === to)] as Candidate);
  }

  #cutOut(piece: Piece): CutOut {
    return cutOut(piece, this.#ink.levels, this.#labelled.labels, this.#ink);
  }

  #whole(piece: Piece, slope: number): Unread {
    const { x, y, width, height } = piece;
    return { box: { x, y, width, height }, image: toDigit(this.#cutOut(piece), slope) };
  }
}

type Unread = Pick<Candidate, 'box' | 'image'>;

function classifyAll(unread: readonly Unread[], classify: Classify): Candidate[] {
  if (unread.length === 0) return [];
  const pixels = new Float32Array(unread.length * PIXELS);
  for (const [i, { image }] of unread.entries()) pixels.set(image, i * PIXELS);
  const all = Array.from(classify(pixels));
  return unread.map(({ box, image }, i) => ({ box, image, probabilities: all.slice(10 * i, 10 * i + 10) }));
}

function classifyOne(unread: Unread, classify: Classify): Candidate {
  return classifyAll([unread], classify)[0] as Candidate;
}

function confidenceOf({ probabilities }: Candidate): number {
  return Math.max(...probabilities);
}

/** The picture itself where it is one of MNIST's: 28×28, white ink on black. */
function asMnist({ width, height, data }: Plane<Uint8Array>): Float32Array | null {
  if (width !== IMAGE_SIZE || height !== IMAGE_SIZE) return null;
  let edge = 0;
  for (const [i, level] of data.entries()) {
    const [x, y] = [i % width, Math.floor(i / width)];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) edge += level;
  }
  if (edge / (4 * (IMAGE_SIZE - 1)) >= DARK_EDGE || Math.max(...data) < LEAST_CONTRAST) return null;
  return Float32Array.from(data, (level) => level / 255);
}

function boxInPicture({ x, y, factor }: CutOut, box: Box): Box {
  return { x: x + box.x * factor, y: y + box.y * factor, width: box.width * factor, height: box.height * factor };
}

function typicalHeight(pieces: readonly Piece[]): number {
  return pieces.map((piece) => piece.height).sort((a, b) => a - b)[pieces.length >> 1] as number;
}

/** Name what is sure, mark with `?` what may be a digit, and drop all else. */
function assemble(
  lines: readonly (readonly Candidate[])[],
  heights: readonly number[],
  sureEnough: number,
): PictureReading {
  const digits: DigitReading[] = [];
  const images: Float32Array[] = [];
  const texts: string[] = [];
  for (const [i, line] of lines.entries()) {
    let text = '';
    for (const candidate of line) {
      const [read] = readDigit(candidate.probabilities, candidate.box, sureEnough).digits as [DigitReading];
      const tall = candidate.box.height >= TALL * (heights[i] as number);
      if (read.digit === null && !(tall && read.confidence >= LIKELY)) continue;
      digits.push(read);
      images.push(candidate.image);
      text += read.digit ?? '?';
    }
    if (text !== '') texts.push(text);
  }
  if (digits.length === 0) return nothingRead('no-digit');
  const all = new Float32Array(images.length * PIXELS);
  for (const [i, image] of images.entries()) all.set(image, i * PIXELS);
  return { text: texts.join(''), digits, lines: texts, images: all, nothing: null };
}

function nothingRead(nothing: 'blank' | 'no-digit'): PictureReading {
  return { text: '', digits: [], lines: [], images: new Float32Array(0), nothing };
}

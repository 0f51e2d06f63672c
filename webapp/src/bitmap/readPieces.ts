import type { Box } from '../box';
import { type Classify, classifyImages, DOUBTFUL } from '../reading';
import { darkBox, toDigit } from './digits/toDigit';
import { chooseJoins, chooseParts } from './pieces/chooseParts';
import type { Labelled } from './pieces/components';
import { between, type Cut, proposeCuts } from './pieces/cuts';
import { nearPairs, type Pieces } from './pieces/findPieces';
import type { TextLine } from './pieces/orderLines';
import type { Piece } from './pieces/piece';
import { type CutOut, cutOut } from './pieces/softInk';
import type { PreparedInk } from './prepareInk';
import type { Steps } from './steps';

/** The widest digit, as a share of its height. */
const MAX_ASPECT = 1.4;

/** Narrower pieces, as a share of their height, are not cut. */
const MIN_CUT_ASPECT = 0.6;

/** What the network refuses so clearly, and what is so wide by its height, may be several digits that overlap. */
const MAX_REFUSED = 0.45;
const MIN_REFUSED_ASPECT = 0.7;

/** A part of a piece is a digit if it is at least so wide and so high, as shares of the piece's height. */
const MIN_PART_WIDTH = 0.08;
const MIN_PART_HEIGHT = 0.6;

/** What may be a digit: where it is, in pixels of the picture, and as the network sees it. */
export interface Unread {
  readonly box: Box;
  readonly image: Float32Array;
  /** Whether it stands alone in a box for one digit. */
  readonly boxed?: boolean;
}

/** The same with ten probabilities, and the highest of them. */
export interface Candidate extends Unread {
  readonly probabilities: readonly number[];
  readonly confidence: number;
  /** The piece that it was cut from, as one digit; absent where it is a whole one. */
  readonly cutFrom?: Candidate;
}

/** The ink that pieces are cut from, and the network that reads them. */
export interface PieceSource extends PreparedInk, Labelled {
  readonly classify: Classify;
}

/** Pieces that are cut out and read at a time: their images need two megabytes, and a phone some 50 milliseconds. */
const BATCH = 32;

/** Join pieces that stand near each other and are surer together; or all, where a digit broke into pieces. */
export function* joinNear({ pieces, height, together }: Pieces, source: PieceSource): Steps<readonly Piece[]> {
  const near = nearPairs(pieces, height);
  if (near.length === 0 && together === null) return pieces;
  // Alone, only those are read that may be part of a pair.
  const needed = new Set(together ? pieces.keys() : near.flatMap(({ first, second }) => [first, second]));
  const alone = [...needed];
  const all = [...alone.map((i) => pieces[i] as Piece), ...near.map(({ piece }) => piece)];
  if (together) all.push(together);
  const slope = source.ruled ?? 0;
  const confidences: number[] = [];
  for (let first = 0; first < all.length; first += BATCH) {
    const unread = all.slice(first, first + BATCH).map((piece) => wholePiece(piece, slope, source));
    confidences.push(...classifyAll(unread, source.classify).map(({ confidence }) => confidence));
    yield Math.min(first + BATCH, all.length) / all.length;
  }
  const doubtful = alone.length === 0 || confidences.slice(0, alone.length).some((one) => one <= DOUBTFUL);
  if (together && doubtful && (confidences.at(-1) as number) > DOUBTFUL) return [together];
  const pairs = near.map((pair, i) => ({ ...pair, confidence: confidences[alone.length + i] as number }));
  const sureness: number[] = pieces.map(() => 1);
  for (const [i, piece] of alone.entries()) sureness[piece] = confidences[i] as number;
  const chosen = chooseJoins(sureness, pairs);
  const used = new Set(chosen.flatMap(({ first, second }) => [first, second]));
  return [...pieces.filter((_, i) => !used.has(i)), ...chosen.map(({ piece }) => piece)];
}

/** Read lines of pieces; pieces are cut where their parts are surer. */
export function* readLines(lines: readonly TextLine[], source: PieceSource): Steps<Candidate[][]> {
  const read: Candidate[][] = lines.map(() => []);
  const all = lines.flatMap(({ pieces, slope }, line) => pieces.map((piece) => ({ piece, slope, line })));
  for (let first = 0; first < all.length; first += BATCH) {
    const batch = all.slice(first, first + BATCH);
    const unread = batch.map(({ piece, slope }) => wholePiece(piece, slope, source));
    for (const [i, whole] of classifyAll(unread, source.classify).entries()) {
      const { piece, slope, line } = batch[i] as (typeof batch)[number];
      const several = mayBeSeveral(piece, whole);
      (read[line] as Candidate[]).push(...(several ? split(piece, whole, slope, source) : [whole]));
      if (several) yield (first + i) / all.length; // cutting takes as long as a batch
    }
    yield Math.min(first + BATCH, all.length) / all.length;
  }
  return read;
}

function mayBeSeveral(piece: Piece, whole: Candidate): boolean {
  if (piece.boxed) return false;
  if (isWide(piece)) return true;
  return piece.width >= MIN_CUT_ASPECT * piece.height && whole.confidence <= DOUBTFUL;
}

function isWide({ width, height }: Piece): boolean {
  return width >= MAX_ASPECT * height;
}

/** The piece as one digit, or as several that touch. */
function split(piece: Piece, whole: Candidate, slope: number, source: PieceSource): readonly Candidate[] {
  const refused = whole.confidence < MAX_REFUSED && piece.width >= MIN_REFUSED_ASPECT * piece.height;
  const wide = refused || isWide(piece);
  const ink = cutOut(piece, source);
  const cuts = proposeCuts(ink, wide);
  const parts = classifyAll(partsOf(ink, cuts, slope), source.classify);
  const chosen = chooseParts(whole.confidence, parts, cuts.length + 1, wide);
  return chosen?.map((part) => ({ ...part, cutFrom: whole })) ?? [whole];
}

function wholePiece(piece: Piece, slope: number, source: PieceSource): Unread {
  const { x, y, width, height, boxed = false } = piece;
  return { box: { x, y, width, height }, image: toDigit(cutOut(piece, source), slope), boxed };
}

/** What may be a digit between any two cuts of a piece, or between a cut and an end. */
function partsOf(ink: CutOut, cuts: readonly Cut[], slope: number): (Unread & { from: number; to: number })[] {
  const pairs = [null, ...cuts].flatMap((left, from) => {
    return [...cuts, null].slice(from).map((right, k) => ({ left, right, from, to: from + k + 1 }));
  });
  return pairs.flatMap(({ left, right, from, to }) => {
    if (left === null && right === null) return [];
    const part = between(ink, left, right);
    const box = darkBox(part);
    if (box === null || box.height < MIN_PART_HEIGHT * ink.height) return [];
    if (box.width < MIN_PART_WIDTH * ink.height || box.width > MAX_ASPECT * ink.height) return [];
    return [{ from, to, box: boxInPicture(ink, box), image: toDigit(part, slope) }];
  });
}

/** Classify all that is unread, in one call of the network. */
export function classifyAll<Kind extends Unread>(unread: readonly Kind[], classify: Classify): (Kind & Candidate)[] {
  const images = unread.map(({ image }) => image);
  const answers = classifyImages(images, classify);
  return unread.map((one, i) => {
    const probabilities = answers[i] as number[];
    return { ...one, probabilities, confidence: Math.max(...probabilities) };
  });
}

/** A box of what was cut out, in pixels of the picture. */
export function boxInPicture({ x, y, factor }: CutOut, box: Box): Box {
  return { x: x + box.x * factor, y: y + box.y * factor, width: box.width * factor, height: box.height * factor };
}

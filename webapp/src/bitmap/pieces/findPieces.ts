import { overlapX, overlapY } from '../../box';
import { weightedMedian } from '../statistics';
import { ofUsualHeight, withoutBlots } from './blots';
import type { Component } from './components';
import { isMark } from './marks';
import { joinPieces, type Piece } from './piece';

/** Pictures whose digits are lower, in pixels, hold none. */
const MIN_DIGIT_HEIGHT = 6;

/** Of more pieces the largest are read. */
const MAX_PIECES = 300;

/** Lower ink, as shares of the height of the picture's digits, is a part of a digit; of half a digit; a speck. */
const MIN_WHOLE = 0.45;
const MIN_HALF = 0.25;
const MIN_PART = 0.12;

/** The gap between the parts of one digit, as a share of the height of the picture's digits. */
const MAX_GAP = 0.22;

/** Pieces that may be one digit: the gap between them and their height, by the picture's digits; their width by their height. */
const MAX_PAIR_GAP = 0.16;
const MAX_PAIR_HEIGHT = 2.2;
const MAX_PAIR_ASPECT = 1.3;

/** A digit that broke: the number of its pieces, and its width by its height. */
const MAX_BROKEN_PIECES = 6;
const MAX_BROKEN_ASPECT = 1.6;

/** Ink at the picture's border that covers more than this share of its width or height is not a digit. */
const MAX_FRAME = 0.6;

export interface Pieces {
  /** In no order. */
  readonly pieces: readonly Piece[];
  /** The height of the picture's digits. */
  readonly height: number;
  /** All of the ink, where it may be one digit that broke and is not one of the pieces already. */
  readonly together: Piece | null;
}

/**
 * Group components into digits, as far as their places tell: specks and frames are left out, parts (the flag of a 5, the
 * halves of a broken 8) join what they belong to.
 */
export function findPieces(components: readonly Component[], width: number, height: number): Pieces {
  const unframed = components.filter((one) => !isFrame(one, width, height));
  const inside = withoutBlots(unframed.length > 0 ? unframed : components);
  // Half of the ink has digits at least so high, each component counted by its height squared.
  const digitHeight =
    weightedMedian(ofUsualHeight(inside).map((one) => ({ value: one.height, weight: one.height ** 2 }))) ?? 0;
  if (digitHeight < MIN_DIGIT_HEIGHT) return { pieces: [], height: digitHeight, together: null };
  const all = inside
    .filter((one) => Math.max(one.width, one.height) >= Math.max(MIN_PART * digitHeight, 2))
    .sort((a, b) => b.area - a.area || a.label - b.label)
    .slice(0, 2 * MAX_PIECES)
    .map(({ label, ...one }): Piece => ({ ...one, labels: [label] }));
  const isHalf = (one: Piece) => one.height >= MIN_HALF * digitHeight;
  const isWhole = (one: Piece) => one.height >= MIN_WHOLE * digitHeight;
  const joined = joinHalves(all.filter(isHalf), digitHeight);
  const wholes = joined.filter(isWhole);
  const parts = [...all.filter((one) => !isHalf(one)), ...joined.filter((one) => !isWhole(one))];
  for (const part of parts) attach(part, wholes, digitHeight);
  return { pieces: wholes.slice(0, MAX_PIECES), height: digitHeight, together: putTogether(all, wholes) };
}

/** All pieces as one where they are few, in a box like a digit's, and not one already. */
function putTogether(all: readonly Piece[], wholes: readonly Piece[]): Piece | null {
  if (all.length < 2 || all.length > MAX_BROKEN_PIECES) return null;
  const together = joinPieces(all);
  const found = wholes.length === 1 && wholes[0]?.labels.length === all.length;
  return found || together.width > MAX_BROKEN_ASPECT * together.height ? null : together;
}

/** Whether ink is the edge of a table or of a shadow: it starts at a side of the picture and reaches far. */
function isFrame({ x, y, width, height }: Component, pictureWidth: number, pictureHeight: number): boolean {
  const atSide = x === 0 || x + width === pictureWidth;
  const atEnd = y === 0 || y + height === pictureHeight;
  const far = width > MAX_FRAME * pictureWidth || height > MAX_FRAME * pictureHeight;
  return (atSide && atEnd && far) || width === pictureWidth || height === pictureHeight;
}

/** Join pieces that stand one above the other and nearly touch: a digit that broke across. */
function joinHalves(pieces: readonly Piece[], digitHeight: number): Piece[] {
  const joined = [...pieces];
  for (let i = 0; i < joined.length; i++) {
    for (let j = i + 1; j < joined.length; j++) {
      const [one, two] = [joined[i] as Piece, joined[j] as Piece];
      const whole = joinPieces([one, two]);
      const beside =
        overlapX(one, two) < 0.5 * Math.min(one.width, two.width) ||
        overlapY(one, two) > 0.5 * Math.min(one.height, two.height);
      const maxHeight = Math.max(1.35 * digitHeight, 1.1 * Math.max(one.height, two.height));
      if (beside || -overlapY(one, two) > MAX_GAP * digitHeight || whole.height > maxHeight) continue;
      joined[i] = whole;
      joined.splice(j, 1);
      j = i;
    }
  }
  return joined;
}

/** Two pieces that may be parts of one digit, by their places in the list, and as one piece. */
export interface NearPair {
  readonly first: number;
  readonly second: number;
  readonly piece: Piece;
}

/** Pairs of pieces that stand near each other: side by side, one above the other or corner to corner. */
export function nearPairs(pieces: readonly Piece[], digitHeight: number): NearPair[] {
  const pairs: NearPair[] = [];
  for (const [i, one] of pieces.entries()) {
    for (let j = i + 1; j < pieces.length && pairs.length < MAX_PIECES; j++) {
      const other = pieces[j] as Piece;
      if (gap(one, other) > MAX_PAIR_GAP * digitHeight) continue;
      const piece = joinPieces([one, other]);
      const { width, height } = piece;
      if (width > MAX_PAIR_ASPECT * Math.max(height, digitHeight) || height > MAX_PAIR_HEIGHT * digitHeight) continue;
      pairs.push({ first: i, second: j, piece });
    }
  }
  return pairs;
}

/** Join a part to the nearest whole, where one is near enough. */
function attach(part: Piece, wholes: Piece[], digitHeight: number): void {
  let nearest = -1;
  let least = MAX_GAP * digitHeight;
  for (const [i, whole] of wholes.entries()) {
    const distance = Math.max(gap(part, whole), 0);
    if (distance > least || isMark(part, whole) || joinPieces([part, whole]).height > 1.5 * digitHeight) continue;
    least = distance;
    nearest = i;
  }
  if (nearest >= 0) wholes[nearest] = joinPieces([wholes[nearest] as Piece, part]);
}

/** The larger one of the gaps between two pieces, across and down; below 0 where they overlap in both. */
function gap(one: Piece, other: Piece): number {
  return Math.max(-overlapX(one, other), -overlapY(one, other));
}

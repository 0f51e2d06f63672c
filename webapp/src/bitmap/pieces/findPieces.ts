import type { Component } from './components';
import { joinPieces, overlap, type Piece, pieceOf } from './piece';

/** The smallest piece of ink that is looked at, in pixels across. */
const SMALLEST = 6;

/** Pieces on a picture, at most; of more the largest are read. */
const MOST = 300;

/** As shares of the height of the picture's digits: what is lower is part of a digit or a speck; a gap that parts leave. */
const PART = 0.45;
const HALF = 0.25;
const SPECK = 0.12;
const GAP = 0.22;

/** What may be parts of one digit: how near they stand, how wide it is at most by its height, and how high. */
const NEAR = 0.16;
const WIDE = 1.3;
const TALL = 2.2;

/** A digit that broke: its pieces, at most, and how wide it is by its height. */
const FEW = 6;
const SPREAD = 1.6;

/** Ink that reaches the picture's border and covers more than this share of its width or height is no digit. */
const FRAME = 0.6;

export interface Pieces {
  /** In no order. */
  readonly pieces: readonly Piece[];
  /** The height of the picture's digits. */
  readonly height: number;
  /** All of the ink, where it may be one digit that broke and is not one of the pieces already. */
  readonly together: Piece | null;
}

/**
 * Put components together into digits, as far as their places alone tell: specks and frames go, parts (the flag of a 5,
 * the halves of a broken 8) join what they belong to.
 */
export function findPieces(components: readonly Component[], width: number, height: number): Pieces {
  const unframed = components.filter((one) => !isFrame(one, width, height));
  const inside = unframed.length > 0 ? unframed : components;
  const digitHeight = typicalHeight(inside);
  if (digitHeight < SMALLEST) return { pieces: [], height: digitHeight, together: null };
  const all = inside
    .filter((one) => Math.max(one.width, one.height) >= Math.max(SPECK * digitHeight, 2))
    .sort((a, b) => b.area - a.area || a.label - b.label)
    .slice(0, 2 * MOST)
    .map(pieceOf);
  const joined = joinHalves(
    all.filter((one) => one.height >= HALF * digitHeight),
    digitHeight,
  );
  const wholes = joined.filter((one) => one.height >= PART * digitHeight);
  const parts = [...all.filter((one) => one.height < HALF * digitHeight), ...joined];
  for (const part of parts.filter((one) => one.height < PART * digitHeight)) attach(part, wholes, digitHeight);
  return { pieces: wholes.slice(0, MOST), height: digitHeight, together: putTogether(all, wholes) };
}

/** All pieces as one where they are few, in a box like a digit's, and not one already. */
function putTogether(all: readonly Piece[], wholes: readonly Piece[]): Piece | null {
  if (all.length < 2 || all.length > FEW) return null;
  const together = joinPieces(all);
  const known = wholes.length === 1 && wholes[0]?.labels.length === all.length;
  return known || together.width > SPREAD * together.height ? null : together;
}

/** Whether ink is the edge of a table, or of a shadow: it comes from one side of the picture and goes far. */
function isFrame({ x, y, width, height }: Component, pictureWidth: number, pictureHeight: number): boolean {
  const atSide = x === 0 || x + width === pictureWidth;
  const atEnd = y === 0 || y + height === pictureHeight;
  const far = width > FRAME * pictureWidth || height > FRAME * pictureHeight;
  return (atSide && atEnd && far) || width === pictureWidth || height === pictureHeight;
}

/** The height at or above which half of the ink's heights lie, each component counted by its height squared. */
function typicalHeight(components: readonly Component[]): number {
  const ordered = [...components].sort((a, b) => b.height - a.height);
  const all = ordered.reduce((sum, { height }) => sum + height * height, 0);
  let sum = 0;
  for (const { height } of ordered) {
    sum += height * height;
    if (2 * sum >= all) return height;
  }
  return 0;
}

/** Join what stands one above the other, nearly touching: a digit that broke across. */
function joinHalves(pieces: readonly Piece[], digitHeight: number): Piece[] {
  const joined = [...pieces];
  for (let i = 0; i < joined.length; i++) {
    for (let j = i + 1; j < joined.length; j++) {
      const [one, two] = [joined[i] as Piece, joined[j] as Piece];
      const beside = overlap(one.x, one.width, two.x, two.width);
      const above = -overlap(one.y, one.height, two.y, two.height);
      const whole = joinPieces([one, two]);
      const tall = Math.max(1.35 * digitHeight, 1.1 * Math.max(one.height, two.height));
      if (beside < 0.5 * Math.min(one.width, two.width) || above > GAP * digitHeight || whole.height > tall) continue;
      joined[i] = whole;
      joined.splice(j, 1);
      j = i;
    }
  }
  return joined;
}

/**
 * Pairs of pieces that stand so near that they may be parts of one digit, by their places in the list: side by side, one
 * above the other or corner to corner.
 */
export function nearPairs(pieces: readonly Piece[], digitHeight: number): [first: number, second: number][] {
  const pairs: [number, number][] = [];
  for (const [i, one] of pieces.entries()) {
    for (let j = i + 1; j < pieces.length; j++) {
      const other = pieces[j] as Piece;
      const across = -overlap(one.x, one.width, other.x, other.width);
      const down = -overlap(one.y, one.height, other.y, other.height);
      if (Math.max(across, down) > NEAR * digitHeight) continue;
      const { width, height } = joinPieces([one, other]);
      if (width > WIDE * Math.max(height, digitHeight) || height > TALL * digitHeight) continue;
      if (pairs.length < MOST) pairs.push([i, j]);
    }
  }
  return pairs;
}

/** Give a part to the nearest whole, where one is near enough. */
function attach(part: Piece, wholes: Piece[], digitHeight: number): void {
  let nearest = -1;
  let least = GAP * digitHeight;
  for (const [i, whole] of wholes.entries()) {
    const away = Math.max(
      -overlap(part.x, part.width, whole.x, whole.width),
      -overlap(part.y, part.height, whole.y, whole.height),
      0,
    );
    if (away > least || joinPieces([part, whole]).height > 1.5 * digitHeight) continue;
    least = away;
    nearest = i;
  }
  if (nearest >= 0) wholes[nearest] = joinPieces([wholes[nearest] as Piece, part]);
}

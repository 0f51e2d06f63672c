import { around, overlapX, overlapY } from '../../box';
import type { CellRow } from '../lines/cellRows';
import { ofUsualHeight, withoutBlots } from './blots';
import { BoxGrid } from './boxGrid';
import { type Component, heightOfInk } from './components';
import { isMark } from './marks';
import { joinPieces, type Piece } from './piece';
import { takeBoxed } from './takeBoxed';

/** Pictures whose digits are lower, in pixels, hold none. */
const MIN_DIGIT_HEIGHT = 6;

/** Of more pieces the largest are read: four pages of small digits, and memory for their images. */
const MAX_PIECES = 10_000;

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

/** Ink at the border that reaches into the picture by less than this share of it is what shows beside the sheet. */
const MAX_SLIVER = 0.015;

export interface Pieces {
  /** In no order. */
  readonly pieces: readonly Piece[];
  /** The height of the picture's digits. */
  readonly height: number;
  /** All of the ink, where it may be one digit that broke and is not one of the pieces already. */
  readonly together: Piece | null;
  /** How many more pieces there are, which are not read. */
  readonly notRead: number;
}

/**
 * Group components into digits, as far as their places tell: specks and frames are left out, parts (the flag of a 5, the
 * halves of a broken 8) join what they belong to. What stands in a box for one digit is one piece.
 *
 * @param rows boxes, whose lines are not among the components.
 */
export function findPieces(
  components: readonly Component[],
  width: number,
  height: number,
  rows: readonly CellRow[] = [],
): Pieces {
  const unframed = components.filter((one) => !isFrame(one, width, height));
  const inside = withoutBlots(unframed.length > 0 ? unframed : components);
  const digitHeight = heightOfInk(ofUsualHeight(inside)) ?? 0;
  if (digitHeight < MIN_DIGIT_HEIGHT) return { pieces: [], height: digitHeight, together: null, notRead: 0 };
  const all = inside
    .filter((one) => Math.max(one.width, one.height) >= Math.max(MIN_PART * digitHeight, 2))
    .sort((a, b) => b.area - a.area || a.label - b.label)
    .map(({ label, ...one }): Piece => ({ ...one, labels: [label] }));
  const { boxed, free } = takeBoxed(all, rows, MIN_WHOLE * digitHeight);
  const isHalf = (one: Piece) => one.height >= MIN_HALF * digitHeight;
  const isWhole = (one: Piece) => one.height >= MIN_WHOLE * digitHeight;
  const joined = joinHalves(free.filter(isHalf), digitHeight);
  const wholes = joined.filter(isWhole);
  const parts = [...free.filter((one) => !isHalf(one)), ...joined.filter((one) => !isWhole(one))];
  attachAll(parts, wholes, digitHeight);
  const pieces = [...boxed, ...wholes];
  return {
    pieces: pieces.slice(0, MAX_PIECES),
    height: digitHeight,
    together: boxed.length > 0 ? null : putTogether(all, wholes),
    notRead: Math.max(pieces.length - MAX_PIECES, 0),
  };
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
  const sliver = Math.min(atSide ? width / pictureWidth : 1, atEnd ? height / pictureHeight : 1) < MAX_SLIVER;
  return sliver || (atSide && atEnd && far) || width === pictureWidth || height === pictureHeight;
}

/** Join pieces that stand one above the other and nearly touch: a digit that broke across. */
function joinHalves(pieces: readonly Piece[], digitHeight: number): Piece[] {
  const grid = gridOf(pieces, digitHeight);
  const used = new Set<number>();
  return pieces.flatMap((piece, i) => {
    if (used.has(i)) return [];
    let joined = piece;
    for (let j: number | undefined = i; j !== undefined; ) {
      const near = grid.near(joined, MAX_GAP * digitHeight);
      j = near.find((k) => k > i && !used.has(k) && areHalves(joined, pieces[k] as Piece, digitHeight));
      if (j === undefined) continue;
      used.add(j);
      joined = joinPieces([joined, pieces[j] as Piece]);
    }
    return [joined];
  });
}

function areHalves(one: Piece, two: Piece, digitHeight: number): boolean {
  if (overlapX(one, two) < 0.5 * Math.min(one.width, two.width)) return false;
  if (overlapY(one, two) > 0.5 * Math.min(one.height, two.height)) return false;
  const maxHeight = Math.max(1.35 * digitHeight, 1.1 * Math.max(one.height, two.height));
  return -overlapY(one, two) <= MAX_GAP * digitHeight && around(one, two).height <= maxHeight;
}

function gridOf(pieces: readonly Piece[], digitHeight: number): BoxGrid {
  const grid = new BoxGrid(digitHeight);
  for (const [i, piece] of pieces.entries()) grid.add(i, piece);
  return grid;
}

/** Two pieces that may be parts of one digit, by their places in the list, and as one piece. */
export interface NearPair {
  readonly first: number;
  readonly second: number;
  readonly piece: Piece;
}

/** Pairs of pieces that stand near each other: side by side, one above the other or corner to corner. */
export function nearPairs(pieces: readonly Piece[], digitHeight: number): NearPair[] {
  const reach = MAX_PAIR_GAP * digitHeight;
  const grid = gridOf(pieces, digitHeight);
  return pieces.flatMap((one, first) =>
    grid.near(one, reach).flatMap((second) => {
      const other = pieces[second] as Piece;
      if (second <= first || one.boxed || other.boxed || gap(one, other) > reach) return [];
      const { width, height } = around(one, other);
      const wide = width > MAX_PAIR_ASPECT * Math.max(height, digitHeight);
      if (wide || height > MAX_PAIR_HEIGHT * digitHeight) return [];
      return [{ first, second, piece: joinPieces([one, other]) }];
    }),
  );
}

/** Join each part to the nearest whole, where one is near enough; `wholes` is changed. */
function attachAll(parts: readonly Piece[], wholes: Piece[], digitHeight: number): void {
  const grid = gridOf(wholes, digitHeight);
  for (const part of parts) {
    let nearest = -1;
    let least = MAX_GAP * digitHeight;
    for (const i of grid.near(part, least)) {
      const whole = wholes[i] as Piece;
      const distance = Math.max(gap(part, whole), 0);
      if (distance > least || isMark(part, whole) || around(part, whole).height > 1.5 * digitHeight) continue;
      least = distance;
      nearest = i;
    }
    if (nearest < 0) continue;
    const joined = joinPieces([wholes[nearest] as Piece, part]);
    wholes[nearest] = joined;
    grid.add(nearest, joined);
  }
}

/** The larger one of the gaps between two pieces, across and down; below 0 where they overlap in both. */
function gap(one: Piece, other: Piece): number {
  return Math.max(-overlapX(one, other), -overlapY(one, other));
}

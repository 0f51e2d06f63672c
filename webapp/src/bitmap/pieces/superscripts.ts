import { type Box, middleY, overlapX } from '../../box';
import { weightedMedian } from '../statistics';
import type { TextLine } from './orderLines';
import type { Piece } from './piece';

/** A superscript is lower than this share of its base, or of the usual height where the base is a low digit: no lower than so. */
const MAX_HEIGHT = 0.75;
const MIN_LOW_BASE = 0.67;

/** What is higher, by the usual height, is a bracket, or digits of two rows: it does not make the digits beside it small. */
const MAX_UNIT = 1.1;

/** Its lower end, in heights of the base below the base's upper end. */
const LOWEST = 0.55;
const HIGHEST = -0.35;

/** The gap between it and what stands before it, the base or another one, in heights of the base: a minus has room there. */
const MIN_GAP = -0.3;
const MAX_GAP = { base: 0.6, other: 1 };

/** The lower ends of what stands on one line differ less, in heights of the larger one. */
const SAME_FOOT = 0.35;

/** A line below is nearer than this, in heights of its pieces. */
const BELOW = 1.5;

/**
 * Order pieces into lines, with each superscript behind what it stands at: it is small, higher up, and has nothing of a
 * line's height below it or beside it on its own foot.
 *
 * @param order puts all others into lines.
 */
export function orderWithSuperscripts(
  pieces: readonly Piece[],
  order: (pieces: readonly Piece[]) => readonly TextLine[],
): readonly TextLine[] {
  const baseOf = findBases(pieces);
  if (baseOf.size === 0) return order(pieces);
  const raised = new Map<Piece, Piece[]>();
  for (const [piece, base] of baseOf) raised.set(base, [...(raised.get(base) ?? []), piece]);
  return order(pieces.filter((piece) => !baseOf.has(piece))).map((line) => ({
    ...line,
    pieces: line.pieces.flatMap((piece) => [piece, ...(raised.get(piece) ?? [])]),
  }));
}

/** The base of each superscript, from left to right. */
export function findBases(pieces: readonly Piece[]): ReadonlyMap<Piece, Piece> {
  const sorted = [...pieces].sort((a, b) => a.x - b.x);
  const widest = Math.max(0, ...sorted.map(({ width }) => width));
  const tallest = Math.max(0, ...sorted.map(({ height }) => height));
  const usual = weightedMedian(pieces.map(({ height }) => ({ value: height, weight: height }))) ?? 0;
  const bases = new Map<Piece, Piece>();
  for (const [i, piece] of sorted.entries()) {
    if (piece.height > MAX_HEIGHT * tallest) continue;
    const near: Piece[] = [];
    for (let k = i - 1; k >= 0; k--) {
      const other = sorted[k] as Piece;
      if (other.x < piece.x - widest - BELOW * tallest) break;
      near.push(other);
    }
    const base = baseAmong(near, piece, bases, usual);
    if (base === null) continue;
    const after: Piece[] = [];
    for (let k = i + 1; k < sorted.length; k++) {
      const other = sorted[k] as Piece;
      if (other.x > piece.x + piece.width + BELOW * tallest) break;
      after.push(other);
    }
    const others = [...near, ...after].filter((other) => other !== base);
    if (!others.some((other) => isOfOwnLine(other, piece) || isBelow(other, piece))) {
      bases.set(piece, base);
    }
  }
  return bases;
}

/** What a piece stands at, if it is a superscript by its size and place: the base of the last one before it, too. */
function baseAmong(
  near: readonly Piece[],
  piece: Piece,
  bases: ReadonlyMap<Piece, Piece>,
  usual: number,
): Piece | null {
  for (const before of near) {
    const base = bases.get(before) ?? before;
    const high = Math.max(base.height, Math.min(usual, base.height / MIN_LOW_BASE));
    const unit = Math.min(high, MAX_UNIT * usual);
    if (piece.height > MAX_HEIGHT * unit) continue;
    const gap = (piece.x - before.x - before.width) / unit;
    const foot = (piece.y + piece.height - base.y) / base.height;
    const maxGap = base === before ? MAX_GAP.base : MAX_GAP.other;
    if (gap >= MIN_GAP && gap <= maxGap && foot >= HIGHEST && foot <= LOWEST) return base;
  }
  return null;
}

/** Whether a larger piece stands on the same line. */
function isOfOwnLine(other: Box, piece: Box): boolean {
  const foot = Math.abs(other.y + other.height - piece.y - piece.height);
  return piece.height <= MAX_HEIGHT * other.height && foot < SAME_FOOT * other.height;
}

/** Whether a larger piece stands below. */
function isBelow(other: Box, piece: Box): boolean {
  const down = other.y - piece.y - piece.height;
  return (
    piece.height <= MAX_HEIGHT * other.height &&
    overlapX(other, piece) > 0.3 * piece.width &&
    other.y > middleY(piece) &&
    down < BELOW * other.height
  );
}

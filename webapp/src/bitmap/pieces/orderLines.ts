import { around, type Box, middleX, middleY, overlapX, overlapY } from '../../box';
import { type CellRow, cellOf } from '../lines/cellRows';
import { median } from '../statistics';
import type { Piece } from './piece';

/** Two neighbours of one line share at least this part of the lower one's height. */
const MIN_SHARED_HEIGHT = 0.4;

/** So many pieces tell where the end of a line of a page stands. */
const END = 5;

/** By so much more of its height a piece stands beside one line than beside another. */
const MUCH_MORE = 0.3;

/** On a page what shares more of the lower one's width stands above or below it, not beside it. */
const MAX_SAME_COLUMN = 0.5;

/** Lines of fewer pieces don't tell their slope. */
const MIN_PIECES = 3;

/** So many lines of several pieces are a page: rows of digits that stand close. */
const MIN_LINES_OF_PAGE = 5;

/** Slopes to try, tangents of up to 15 degrees, and the share of the lines that must be left for one to be the picture's. */
const STEEP_SLOPES = [-0.27, -0.18, -0.09, 0.09, 0.18, 0.27];
const MAX_LINES_LEFT = 0.6;

/** Two lines of one row of boxes stand above each other by no more boxes than this. */
const MAX_SHARED_BOXES = 1;

/** A line of digits: its pieces from left to right, and its slope, as a tangent, y down. */
export interface TextLine {
  readonly pieces: readonly Piece[];
  readonly slope: number;
}

/**
 * Order pieces as one reads: line by line, from left to right. Lines may be askew: each piece follows the nearest one that
 * stands beside it, first in the picture as it is, then with the picture turned so that most lines are level.
 *
 * @param ruled the slope of the paper's own lines; null where it has none.
 */
export function orderLines(pieces: readonly Piece[], ruled: number | null): TextLine[] {
  const sorted = [...pieces].sort((a, b) => middleX(a) - middleX(b));
  const found = ruled === null ? chainAskew(sorted) : chain(sorted, ruled, MUCH_MORE);
  const common = ruled ?? median(longLines(found).map(slopeOf)) ?? 0;
  const muchMore = longLines(found).length >= MIN_LINES_OF_PAGE ? MUCH_MORE : Infinity;
  const lines = ruled === null ? chain(sorted, common, muchMore) : found;
  return lines
    .map((line) => ({ pieces: line, slope: ruled ?? (line.length >= MIN_PIECES ? slopeOf(line) : common) }))
    .sort((a, b) => placeDown(a, common) - placeDown(b, common));
}

/**
 * Lines that follow each other in one row of boxes, as one: digits that reach into each other's boxes may stand one above
 * the other.
 */
export function joinRows(lines: readonly TextLine[], rows: readonly CellRow[]): TextLine[] {
  const combs = rows.filter(({ isComb }) => isComb);
  const joined: { row: CellRow | undefined; line: TextLine }[] = [];
  for (const line of lines) {
    const of = combs.filter((row) => line.pieces.some((piece) => cellOf(piece, [row])));
    const row = of.length === 1 ? of[0] : undefined;
    const before = row && joined.find((one) => one.row === row && areOneRow(one.line, line, row));
    if (!before) joined.push({ row, line });
    else {
      const pieces = [...before.line.pieces, ...line.pieces].sort((a, b) => middleX(a) - middleX(b));
      before.line = { pieces, slope: (line.pieces.length > before.line.pieces.length ? line : before.line).slope };
    }
  }
  return joined.map(({ line }) => line);
}

/** Whether two lines stand one beside the other, but for a box. */
function areOneRow(one: TextLine, other: TextLine, { cells }: CellRow): boolean {
  const boxOf = ({ pieces }: TextLine) => pieces.reduce<Box>(around, pieces[0] as Piece);
  const shared = overlapX(boxOf(one), boxOf(other));
  return shared <= MAX_SHARED_BOXES * (cells[0]?.box.width ?? 0);
}

/** Lines as they are in the picture; where it is so askew that they fall to pieces, at the slope that leaves the fewest. */
function chainAskew(sorted: readonly Piece[]): Piece[][] {
  const level = chain(sorted, 0);
  if (2 * longLines(level).flat().length >= sorted.length || sorted.length < MIN_PIECES) return level;
  const [best] = STEEP_SLOPES.map((slope) => chain(sorted, slope)).sort((a, b) => a.length - b.length);
  return best && best.length < MAX_LINES_LEFT * level.length ? best : level;
}

function longLines(lines: readonly Piece[][]): Piece[][] {
  return lines.filter((line) => line.length >= MIN_PIECES);
}

/**
 * Lines of this slope, of pieces from left to right: of those that a piece stands beside it follows the one that ended last,
 * unless, on ruled paper and on a page, it shares much more of its height with another: elsewhere signs stand high and low.
 */
function chain(sorted: readonly Piece[], slope: number, muchMore = Infinity): Piece[][] {
  const lines: Piece[][] = [];
  for (const piece of sorted) {
    let follows: { line: Piece[]; end: number; shared: number } | null = null;
    for (const line of lines) {
      const last = line.at(-1) as Piece;
      if (muchMore < Infinity && overlapX(last, piece) > MAX_SAME_COLUMN * Math.min(last.width, piece.width)) continue;
      const shared = muchMore < Infinity ? sharedWithEnd(line, piece, slope) : sharedHeight(last, piece, slope);
      if (shared < MIN_SHARED_HEIGHT) continue;
      const end = middleX(last);
      const better =
        follows && (Math.abs(shared - follows.shared) > muchMore ? shared > follows.shared : end > follows.end);
      if (follows === null || better) follows = { line, end, shared };
    }
    if (follows === null) lines.push([piece]);
    else follows.line.push(piece);
  }
  return lines;
}

/** The part of its height that a piece shares with the end of a line: one piece that stands off its line does not mislead. */
function sharedWithEnd(line: readonly Piece[], piece: Piece, slope: number): number {
  return median(line.slice(-END).map((one) => sharedHeight(one, piece, slope))) as number;
}

/** The part of the lower one's height that two pieces share in a line of this slope. */
function sharedHeight(one: Piece, other: Piece, slope: number): number {
  const level = { ...other, y: other.y - slope * (middleX(other) - middleX(one)) };
  return overlapY(one, level) / Math.min(one.height, other.height);
}

/** The slope of the line through the middles (least squares). */
function slopeOf(pieces: readonly Piece[]): number {
  const x = pieces.reduce((sum, piece) => sum + middleX(piece), 0) / pieces.length;
  const y = pieces.reduce((sum, piece) => sum + middleY(piece), 0) / pieces.length;
  let along = 0;
  let rise = 0;
  for (const piece of pieces) {
    along += (middleX(piece) - x) ** 2;
    rise += (middleX(piece) - x) * (middleY(piece) - y);
  }
  return along > 0 ? rise / along : 0;
}

/** The mean y of a line's pieces, with the picture turned so that lines of this slope are level. */
function placeDown({ pieces }: TextLine, slope: number): number {
  return pieces.reduce((sum, piece) => sum + middleY(piece) - slope * middleX(piece), 0) / pieces.length;
}

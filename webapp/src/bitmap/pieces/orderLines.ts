import { middleX, middleY, overlapY } from '../../box';
import { median } from '../statistics';
import type { Piece } from './piece';

/** Two neighbours of one line share at least this part of the lower one's height. */
const MIN_SHARED_HEIGHT = 0.4;

/** Lines of fewer pieces don't tell their slope. */
const MIN_PIECES = 3;

/** A line of digits: its pieces from left to right, and its slope, as a tangent, y down. */
export interface TextLine {
  readonly pieces: readonly Piece[];
  readonly slope: number;
}

/**
 * Order pieces as one reads: line by line, from left to right. Lines may be askew: each piece follows the nearest one that
 * stands beside it, first in the picture as it is, then in the picture turned so that most lines are level.
 *
 * @param ruled the slope of the paper's own lines; null where it has none.
 */
export function orderLines(pieces: readonly Piece[], ruled: number | null): TextLine[] {
  const sorted = [...pieces].sort((a, b) => middleX(a) - middleX(b));
  const askew = chain(sorted, ruled ?? 0);
  const common = ruled ?? median(askew.filter((line) => line.length >= MIN_PIECES).map(slopeOf)) ?? 0;
  const lines = common === (ruled ?? 0) ? askew : chain(sorted, common);
  return lines
    .map((line) => ({ pieces: line, slope: ruled ?? (line.length >= MIN_PIECES ? slopeOf(line) : common) }))
    .sort((a, b) => placeDown(a, common) - placeDown(b, common));
}

/** Lines of this slope, of pieces from left to right: of those that a piece stands beside it follows the one that ended last. */
function chain(sorted: readonly Piece[], slope: number): Piece[][] {
  const lines: Piece[][] = [];
  for (const piece of sorted) {
    let follows: Piece[] | null = null;
    for (const line of lines) {
      const last = line.at(-1) as Piece;
      if (follows !== null && middleX(last) <= middleX(follows.at(-1) as Piece)) continue;
      if (isBeside(last, piece, slope)) follows = line;
    }
    if (follows === null) lines.push([piece]);
    else follows.push(piece);
  }
  return lines;
}

/** Whether two pieces stand beside each other in a line of this slope. */
function isBeside(one: Piece, other: Piece, slope: number): boolean {
  const level = { ...other, y: other.y - slope * (middleX(other) - middleX(one)) };
  return overlapY(one, level) >= MIN_SHARED_HEIGHT * Math.min(one.height, other.height);
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

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
 * stands beside it.
 *
 * @param ruled the slope of the paper's own lines; null where it has none.
 */
export function orderLines(pieces: readonly Piece[], ruled: number | null): TextLine[] {
  const lines: Piece[][] = [];
  for (const piece of [...pieces].sort((a, b) => middleX(a) - middleX(b))) {
    // Of the lines whose last piece stands beside this one, the one that ended last.
    const line = lines
      .filter((one) => isBeside(one.at(-1) as Piece, piece))
      .sort((a, b) => middleX(b.at(-1) as Piece) - middleX(a.at(-1) as Piece))[0];
    if (line === undefined) lines.push([piece]);
    else line.push(piece);
  }
  const longLines = lines.filter((line) => line.length >= MIN_PIECES);
  const common = ruled ?? median(longLines.map(slopeOf)) ?? 0;
  return lines
    .map((line) => ({ pieces: line, slope: ruled ?? (line.length >= MIN_PIECES ? slopeOf(line) : common) }))
    .sort((a, b) => placeDown(a, common) - placeDown(b, common));
}

function isBeside(one: Piece, other: Piece): boolean {
  return overlapY(one, other) >= MIN_SHARED_HEIGHT * Math.min(one.height, other.height);
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

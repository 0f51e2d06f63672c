import { overlap, type Piece } from './piece';

/** How much of the lower of two neighbours stands beside the other where both are of one line. */
const BESIDE = 0.4;

/** Pieces of a line from which its slope can be told. */
const ENOUGH = 3;

/** A line of digits: its pieces from left to right, and how it rises, as a tangent. */
export interface TextLine {
  readonly pieces: readonly Piece[];
  readonly slope: number;
}

/**
 * Order pieces as one reads: line by line, from left to right. Lines may be askew: each piece follows the nearest one
 * that stands beside it.
 *
 * @param ruled how the paper's own lines rise, where it has any.
 */
export function orderLines(pieces: readonly Piece[], ruled: number | null): TextLine[] {
  const ordered = [...pieces].sort((a, b) => middleX(a) - middleX(b));
  const lines: Piece[][] = [];
  for (const piece of ordered) {
    // Of the lines whose last piece stands beside this one, the one that ended last.
    const line = lines
      .filter((one) => stands(one.at(-1) as Piece, piece))
      .sort((a, b) => middleX(b.at(-1) as Piece) - middleX(a.at(-1) as Piece))[0];
    if (line === undefined) lines.push([piece]);
    else line.push(piece);
  }
  const slopes = lines.filter((line) => line.length >= ENOUGH).map(slopeOf);
  const common = ruled ?? median(slopes) ?? 0;
  return lines
    .map((all) => ({ pieces: all, slope: ruled ?? (all.length >= ENOUGH ? slopeOf(all) : common) }))
    .sort((a, b) => height(a, common) - height(b, common));
}

/** Whether two pieces stand beside each other. */
function stands(one: Piece, other: Piece): boolean {
  const beside = overlap(one.y, one.height, other.y, other.height);
  return beside >= BESIDE * Math.min(one.height, other.height);
}

/** The slope of the line through the middles that lies nearest to them (least squares). */
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

/** How far down a line stands, with the picture turned upright. */
function height({ pieces }: TextLine, slope: number): number {
  return pieces.reduce((sum, piece) => sum + middleY(piece) - slope * middleX(piece), 0) / pieces.length;
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

const middleX = (piece: Piece) => piece.x + piece.width / 2;
const middleY = (piece: Piece) => piece.y + piece.height / 2;

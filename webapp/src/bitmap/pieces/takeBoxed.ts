import { middleX, middleY, overlapX } from '../../box';
import { type CellRow, cellOf } from '../lines/cellRows';
import type { Cell } from '../lines/cells';
import { placeAt } from '../lines/lineGeometry';
import { joinPieces, type Piece } from './piece';

/** Ink wider than its box, by this factor, is no single digit. */
const MAX_WIDTH = 1.3;

/** What is left of a box's side is so narrow, as a share of its height, and so near to the side, as a share of the box's shorter side. */
const MAX_LEFTOVER = 0.25;
const NEAR_SIDE = 0.12;

/** A 2 may be written flat: as wide as a digit is high at least, and so high, as a share of that. */
const MIN_FLAT = 0.5;

/**
 * Join what stands in each box for one digit, as far as it is high enough together; where two pieces stand side by side in
 * one it is for more. What is left of a side is left out, unless it is all that stands in its box. The rest is free.
 *
 * @param least the height of a whole digit, in pixels.
 */
export function takeBoxed(pieces: readonly Piece[], rows: readonly CellRow[], least: number) {
  const combs = rows.filter(({ isComb }) => isComb);
  if (combs.length === 0) return { boxed: [], free: pieces };
  const inCells = new Map<Cell, Piece[]>();
  const free: Piece[] = [];
  const leftovers: Piece[] = [];
  for (const piece of pieces) {
    const cell = cellOf(piece, combs);
    if (isLeftover(piece, combs)) leftovers.push(piece);
    else if (cell === undefined || piece.width > MAX_WIDTH * cell.box.width) free.push(piece);
    else inCells.set(cell, [...(inCells.get(cell) ?? []), piece]);
  }
  for (const piece of leftovers) {
    const cell = cellOf(piece, combs);
    if (cell !== undefined && !inCells.has(cell)) free.push(piece);
  }
  const boxed: Piece[] = [];
  for (const inside of inCells.values()) {
    const whole = joinPieces(inside);
    const high = inside.filter((one) => one.height >= least);
    const apart = high.some((one) => high.some((other) => one !== other && overlapX(one, other) <= 0));
    if (apart || !isWhole(whole, least)) free.push(...inside);
    else boxed.push({ ...whole, boxed: true });
  }
  return { boxed, free };
}

function isWhole({ width, height }: Piece, least: number): boolean {
  return height >= least || (width >= least && height >= MIN_FLAT * least);
}

/** Whether a piece is narrow and stands on the side of a box. */
function isLeftover(piece: Piece, combs: readonly CellRow[]): boolean {
  if (piece.width > MAX_LEFTOVER * piece.height) return false;
  const [x, y] = [middleX(piece), middleY(piece)];
  return combs.some(({ cells }) =>
    cells.some(({ box, left, right }) => {
      if (y < box.y || y > box.y + box.height) return false;
      return [left, right].some(
        (side) => Math.abs(placeAt(side, y) - x) <= NEAR_SIDE * Math.min(box.width, box.height),
      );
    }),
  );
}

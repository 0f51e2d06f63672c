import { overlapX } from '../../box';
import { type CellRow, cellOf } from '../lines/cellRows';
import type { Cell } from '../lines/cells';
import { joinPieces, type Piece } from './piece';

/** Ink wider than its box, by this factor, is no single digit. */
const MAX_WIDTH = 1.3;

/**
 * Join what stands in each box for one digit, as far as it is high enough together; where two pieces stand side by side in
 * one it is for more. The rest is free.
 *
 * @param least the height of a whole digit, in pixels.
 */
export function takeBoxed(pieces: readonly Piece[], rows: readonly CellRow[], least: number) {
  const combs = rows.filter(({ isComb }) => isComb);
  if (combs.length === 0) return { boxed: [], free: pieces };
  const inCells = new Map<Cell, Piece[]>();
  const free: Piece[] = [];
  for (const piece of pieces) {
    const cell = cellOf(piece, combs);
    if (cell === undefined || piece.width > MAX_WIDTH * cell.box.width) free.push(piece);
    else inCells.set(cell, [...(inCells.get(cell) ?? []), piece]);
  }
  const boxed: Piece[] = [];
  for (const inside of inCells.values()) {
    const whole = joinPieces(inside);
    const high = inside.filter((one) => one.height >= least);
    const apart = high.some((one) => high.some((other) => one !== other && overlapX(one, other) <= 0));
    if (apart || whole.height < least) free.push(...inside);
    else boxed.push({ ...whole, boxed: true });
  }
  return { boxed, free };
}

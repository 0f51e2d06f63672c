import type { Box } from '../../box';

/** More than a picture has cells in a row. */
const ROW = 2 ** 20;

/** Boxes by their places, in square cells: what lies near a place is found without looking at all of them. */
export class BoxGrid {
  readonly #cell: number;
  readonly #cells = new Map<number, number[]>();

  /** @param cell the side of a cell, in the boxes' unit: about as long as a usual box. */
  constructor(cell: number) {
    this.#cell = cell;
  }

  /** Add a box by its number. A number may be added again with a larger box. */
  add(number: number, box: Box): void {
    this.#visit(box, 0, (key) => {
      const cell = this.#cells.get(key);
      if (cell === undefined) this.#cells.set(key, [number]);
      else cell.push(number);
    });
  }

  /** The numbers, in ascending order, of boxes that may lie within `reach` of a box, itself included. */
  near(box: Box, reach: number): number[] {
    const found = new Set<number>();
    this.#visit(box, reach, (key) => {
      for (const number of this.#cells.get(key) ?? []) found.add(number);
    });
    return [...found].sort((a, b) => a - b);
  }

  #visit({ x, y, width, height }: Box, reach: number, see: (key: number) => void): void {
    const [left, right] = [x - reach, x + width + reach].map((at) => Math.floor(at / this.#cell)) as [number, number];
    const [top, bottom] = [y - reach, y + height + reach].map((at) => Math.floor(at / this.#cell)) as [number, number];
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) see(row * ROW + column);
    }
  }
}

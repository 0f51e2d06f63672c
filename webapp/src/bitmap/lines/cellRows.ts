import { type Box, middleX, middleY } from '../../box';
import type { EmptyBox } from '../pictureReading';
import { timesLarger } from '../statistics';
import { type Cell, isInside } from './cells';
import { lengthOf, placeAt } from './lineGeometry';
import type { TracedLine } from './traceLines';

/** Narrower cells, as a share of their height, are gaps between boxes. */
const MIN_ASPECT = 0.35;

/** Wider ones hold a whole number. */
const MAX_ASPECT = 1.4;

/** A number in boxes has so many at least. */
const MIN_CELLS = 3;

/** How far a line may be from where the row's other lines say that it is, by their distance; and how much of it shows. */
const MAX_AWAY = 0.13;
const MIN_SEEN = 0.5;

/** How much more or less ink across it may have than another line of its row. */
const MAX_MASS_RATIO = 3;

/** Boxes side by side. */
export interface CellRow {
  /** From the left. */
  readonly cells: readonly Cell[];
  /** Whether each of its boxes is for one digit. */
  readonly isComb: boolean;
}

/** Rows of cells that share their upper and their lower line; gaps between boxes are left out. */
export function rowsOf(cells: readonly Cell[]): CellRow[] {
  const rows = new Map<TracedLine, Map<TracedLine, Cell[]>>();
  for (const cell of cells) {
    const { top, bottom, box } = cell;
    if (box.width < MIN_ASPECT * box.height) continue;
    const below = rows.get(top) ?? new Map<TracedLine, Cell[]>();
    rows.set(top, below.set(bottom, [...(below.get(bottom) ?? []), cell]));
  }
  return [...rows.values()].flatMap((below) =>
    [...below.values()].map((row) => {
      const narrow = row.filter(({ box }) => box.width <= MAX_ASPECT * box.height).length;
      const isComb = row.length >= MIN_CELLS && narrow > 0.8 * row.length;
      return { cells: row.sort((a, b) => a.box.x - b.box.x), isComb };
    }),
  );
}

/** Uprights that part a row's wide cells, or close it at its ends, where its usual width says: faint or covered lines. */
export function missingLines(rows: readonly CellRow[], uprights: readonly TracedLine[]): TracedLine[] {
  return rows.flatMap(({ cells }) => {
    const widths = cells.map(({ box }) => box.width).sort((a, b) => a - b);
    const usual = widths[Math.floor(widths.length / 4)] as number;
    if (widths.length < 2 || usual > MAX_ASPECT * (cells[0] as Cell).box.height) return [];
    const [first, last] = [cells[0] as Cell, cells.at(-1) as Cell];
    const places = [
      { x: first.box.x - usual, cell: first },
      { x: last.box.x + last.box.width + usual, cell: last },
    ];
    for (const cell of cells) {
      const count = Math.round(cell.box.width / usual);
      for (let i = 1; i < count; i++) places.push({ x: cell.box.x + (i * cell.box.width) / count, cell });
    }
    return places.flatMap(({ x, cell: { top, bottom, left } }) => {
      const [from, to] = [placeAt(top, x), placeAt(bottom, x)];
      const near = uprights.filter((line) => {
        const seen = Math.min(line.to, to) - Math.max(line.from, from);
        const away = Math.abs(placeAt(line, (from + to) / 2) - x);
        if (timesLarger(line.mass, left.mass) > MAX_MASS_RATIO) return false;
        return away <= MAX_AWAY * usual && seen >= MIN_SEEN * (to - from) && lengthOf(line) < 1.4 * (to - from);
      });
      return near.sort((a, b) => lengthOf(b) - lengthOf(a)).slice(0, 1);
    });
  });
}

/** The empty boxes of rows in which something is written. */
export function emptyBoxes(rows: readonly CellRow[], digits: readonly { readonly box: Box }[]): EmptyBox[] {
  return rows.flatMap(({ cells, isComb }) => {
    if (!isComb) return [];
    const first = cells.map((cell) => digits.findIndex(({ box }) => isInside(cell, middleX(box), middleY(box))));
    if (first.every((index) => index < 0)) return [];
    return cells.flatMap(({ box }, i) => {
      if ((first[i] as number) >= 0) return [];
      return [{ box, before: first.slice(i).find((index) => index >= 0) ?? digits.length }];
    });
  });
}

/** The cell in which the middle of a box lies. */
export function cellOf(box: Box, rows: readonly CellRow[]): Cell | undefined {
  const [x, y] = [middleX(box), middleY(box)];
  for (const { cells } of rows) {
    const cell = cells.find((one) => isInside(one, x, y));
    if (cell) return cell;
  }
  return undefined;
}

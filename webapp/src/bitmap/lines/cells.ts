import type { Box } from '../../box';
import type { Plane } from '../plane';
import { crossing, placeAt } from './lineGeometry';
import type { TracedLine } from './traceLines';

/** A box is empty where less than this share of its inside is ink. */
const MIN_FILLED = 0.006;
const MIN_PIXELS = 6;

/** What a box's own lines leave at its sides, as a share of its height. */
const MARGIN = 0.06;

/** A place for writing that four lines enclose. */
export interface Cell {
  readonly box: Box;
  readonly left: TracedLine;
  readonly right: TracedLine;
  readonly top: TracedLine;
  readonly bottom: TracedLine;
}

/** Lines that meet, and those that each of them meets. */
export type Meetings = ReadonlyMap<TracedLine, ReadonlySet<TracedLine>>;

/** The cells that lines enclose, in no order. */
export function findCells(meetings: Meetings): Cell[] {
  const cells: Cell[] = [];
  for (const [top, uprights] of meetings) {
    if (top.upright) continue;
    const down = [...uprights]
      .map((line) => ({ line, ...crossing(line, top) }))
      .filter(({ line, y }) => line.to - y > y - Math.max(line.from, y - 6) + top.thickness)
      .sort((a, b) => a.x - b.x);
    for (let i = 0; i + 1 < down.length; i++) {
      const cell = closeCell(top, down[i] as (typeof down)[0], down[i + 1] as (typeof down)[0], meetings);
      if (cell !== null) cells.push(cell);
    }
  }
  return cells;
}

/** The cell below a line between two uprights, down to the next line that meets both. */
function closeCell(
  top: TracedLine,
  first: { line: TracedLine; x: number; y: number },
  second: { line: TracedLine; x: number; y: number },
  meetings: Meetings,
): Cell | null {
  const [left, right] = [first.line, second.line];
  let bottom: TracedLine | null = null;
  let least = Infinity;
  for (const line of meetings.get(left) as ReadonlySet<TracedLine>) {
    if (line === top || !meetings.get(right)?.has(line)) continue;
    const below = crossing(left, line).y - first.y;
    if (below <= top.thickness + line.thickness || below >= least) continue;
    least = below;
    bottom = line;
  }
  if (bottom === null) return null;
  const middleX = (first.x + second.x) / 2;
  const y = placeAt(top, middleX);
  const height = placeAt(bottom, middleX) - y;
  const x = placeAt(left, y + height / 2);
  const width = placeAt(right, y + height / 2) - x;
  if (Math.min(width, height) < 3 * top.thickness) return null;
  return { box: { x, y, width, height }, left, right, top, bottom };
}

/** Whether a place is inside a cell. */
export function isInside({ left, right, top, bottom }: Cell, x: number, y: number): boolean {
  return x >= placeAt(left, y) && x < placeAt(right, y) && y >= placeAt(top, x) && y < placeAt(bottom, x);
}

/** Whether there is ink in a cell, beside its lines. */
export function isFilled(cell: Cell, { width, height, data }: Plane<Int16Array>, threshold: number): boolean {
  const { box } = cell;
  const margin = 2 + MARGIN * box.height;
  const across = margin + Math.max(cell.left.thickness, cell.right.thickness) / 2;
  const down = margin + Math.max(cell.top.thickness, cell.bottom.thickness) / 2;
  let ink = 0;
  let all = 0;
  const lastX = Math.min(box.x + box.width - across, width - 1);
  const lastY = Math.min(box.y + box.height + Math.abs(box.width) * 0.3, height - 1);
  for (let y = Math.max(Math.ceil(box.y - box.width * 0.3), 0); y <= lastY; y++) {
    const shift = placeAt(cell.left, y) - box.x;
    for (let x = Math.max(Math.ceil(box.x + across + shift), 0); x <= Math.min(lastX + shift, width - 1); x++) {
      if (y < placeAt(cell.top, x) + down || y > placeAt(cell.bottom, x) - down) continue;
      all++;
      if ((data[y * width + x] as number) > threshold) ink++;
    }
  }
  return ink >= Math.max(MIN_PIXELS, MIN_FILLED * all);
}

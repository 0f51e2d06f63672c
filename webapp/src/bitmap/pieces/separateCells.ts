import { around, type Box, middleY } from '../../box';
import type { CellRow } from '../lines/cellRows';
import type { Cell } from '../lines/cells';
import { placeAt } from '../lines/lineGeometry';
import type { PieceSource } from '../readPieces';
import type { Component } from './components';

/** Ink reaches into a cell from this share of the cell's width on. */
const MIN_REACH = 0.12;

/** Two digits that touch are so many times as wide as a cell; a single one may reach over a side. */
const MIN_SPAN = 1.25;

/** A part is a digit's own from these shares on: its width of the cell's, its height of the highest part's; or so high if narrow. */
const MIN_WIDTH = 0.3;
const MIN_HEIGHT = 0.5;
const MIN_HEIGHT_OF_NARROW = 0.8;

/** It is none where other ink in its cell is so high, as a share of the cell's height: what the neighbour's pen reached into. */
const MAX_OTHER = 0.45;

/**
 * Separate digits that touch those in the next box, where the boxes' sides were: in a row of boxes each stands in its own.
 *
 * @param source its labels are changed in place.
 */
export function separateCells(source: PieceSource): PieceSource {
  const combs = source.rows.filter(({ isComb }) => isComb);
  if (combs.length === 0) return source;
  const components: Component[] = [];
  let last = source.components.length;
  for (const one of source.components) {
    const parts = partsOf(one, combs, source, last);
    components.push(...parts);
    if (parts.length > 1) last += parts.length;
  }
  return { ...source, components };
}

/** The component, or what of it stands in each cell, with labels after `last`. */
function partsOf(
  one: Component,
  combs: readonly CellRow[],
  { labels, components }: PieceSource,
  last: number,
): Component[] {
  const cells = reached(one, combs);
  if (cells.length < 2) return [one];
  const owners = ownersOf(one, cells, partsIn(one, cells, labels), components);
  if (owners.length < 2) return [one];
  const parts = partsIn(one, owners, labels, last);
  return parts.flatMap((part, i) => (part ? [{ ...part.box, area: part.area, label: last + i + 1 }] : []));
}

/** The neighbouring cells of one row that ink reaches into. */
function reached(one: Component, combs: readonly CellRow[]): readonly Cell[] {
  const y = middleY(one);
  for (const { cells } of combs) {
    const own = cells.filter(({ left, right, box }) => {
      if (y < box.y || y > box.y + box.height) return false;
      const [from, to] = [placeAt(left, y), placeAt(right, y)];
      return Math.min(to, one.x + one.width) - Math.max(from, one.x) >= MIN_REACH * (to - from);
    });
    if (own.length > 0) return one.width > MIN_SPAN * (own[0] as Cell).box.width ? own : [];
  }
  return [];
}

interface Part {
  readonly box: Box;
  readonly area: number;
}

/** What of a component is nearest to each cell; labelled anew after `last`, if that is given. */
function partsIn(
  one: Component,
  cells: readonly Cell[],
  labels: PieceSource['labels'],
  last?: number,
): (Part | null)[] {
  const parts: (Part | null)[] = cells.map(() => null);
  for (let y = one.y; y < one.y + one.height; y++) {
    const ends = cells.slice(1).map((cell, i) => (placeAt((cells[i] as Cell).right, y) + placeAt(cell.left, y)) / 2);
    for (let x = one.x, i = 0; x < one.x + one.width; x++) {
      if (labels.data[y * labels.width + x] !== one.label) continue;
      while (i < ends.length && x >= (ends[i] as number)) i++;
      if (last !== undefined) labels.data[y * labels.width + x] = last + i + 1;
      const pixel = { x, y, width: 1, height: 1 };
      const part = parts[i];
      parts[i] = part ? { box: around(part.box, pixel), area: part.area + 1 } : { box: pixel, area: 1 };
    }
  }
  return parts;
}

/** The cells in which a part of the component is a digit of its own. */
function ownersOf(
  one: Component,
  cells: readonly Cell[],
  parts: readonly (Part | null)[],
  components: readonly Component[],
): Cell[] {
  const highest = Math.max(...parts.map((part) => part?.box.height ?? 0));
  return cells.filter((cell, i) => {
    const part = parts[i];
    if (!part) return false;
    const { width, height } = part.box;
    const wide = width >= MIN_WIDTH * cell.box.width && height >= MIN_HEIGHT * highest;
    if (!wide && height < MIN_HEIGHT_OF_NARROW * highest) return false;
    return !components.some(
      (other) =>
        other !== one && isIn(other, cell) && other.height >= MAX_OTHER * cell.box.height && other.area > part.area,
    );
  });
}

function isIn({ x, y, width, height }: Box, { box }: Cell): boolean {
  const [middleX, middle] = [x + width / 2, y + height / 2];
  return middleX > box.x && middleX < box.x + box.width && middle > box.y && middle < box.y + box.height;
}

import type { Thresholds } from '../paper/threshold';
import { findComponents, heightOfInk } from '../pieces/components';
import { type Plane, transpose } from '../plane';
import { type Boxes, findBoxes } from './boxLines';
import { findBoxRows } from './boxRows';
import { type CellRow, cellOf } from './cellRows';
import { findCombs } from './combs';
import { findCutBox } from './cutBox';
import { eraseLine } from './eraseLine';
import { lengthOf, liesAlong, liesOn, spans } from './lineGeometry';
import { areStrokes, findLongLines } from './longLines';
import { findPaperLines } from './paperLines';
import { type TracedLine, traceLines } from './traceLines';

/** The greatest thickness of a line, by the widest stroke that the picture may hold, which is four times its usual one. */
const MAX_THICKNESS = 0.375;

/** The least difference between a line and the paper beside it: in standard deviations of the noise, and in levels. */
const MIN_NOISE_RATIO = 3;
const MIN_CONTRAST = 10;

/** This share of the ink is no larger than the box that it stands in, or a little: digits cross the lines of boxes. */
const MIN_INSIDE = 0.5;
const MAX_BEYOND = 1.25;

/** Lines from edge to edge, where they cross each other, are so many times as long as thick. */
const MIN_ASPECT = 10;

/** What lines told, before they were erased. */
export interface RemovedLines {
  readonly rows: readonly CellRow[];
  readonly linesRemoved: 'paper' | 'boxes' | null;
  /** The slope of ruled lines, as a tangent; null where there are none. */
  readonly slope: number | null;
}

/**
 * Erase the lines of boxes, combs and tables, of ruled and squared paper, and underlines; ink that crosses them stays whole.
 *
 * @param levels changed in place.
 * @param widest pixels across the widest stroke that may be ink.
 */
export function removeLines(levels: Plane<Int16Array>, thresholds: Thresholds, widest: number): RemovedLines {
  const { background, noise } = thresholds;
  const reach = Math.max(3, Math.ceil(MAX_THICKNESS * widest));
  const contrast = Math.max(MIN_NOISE_RATIO * noise, MIN_CONTRAST);
  const turned = transpose(levels);
  const traced = [
    ...traceLines(levels, true, reach, contrast, background),
    ...traceLines(turned, false, reach, contrast, background),
  ];
  const boxes = boxesOf(traced, levels, reach, thresholds);
  const paper = findPaperLines(levels, turned, background, noise);
  const inBoxes = new Set(boxes.lines);
  // Those of the paper were traced, too.
  const isPapers = (line: TracedLine) => paper.lines.some((other) => liesOn(line, other));
  const others = traced.filter((line) => !inBoxes.has(line) && !boxes.inside.has(line) && !isPapers(line));
  // What shows between strokes tells only while no line is erased.
  const strokes = new Set(others.filter((line) => areStrokes(line, levels, background, reach)));
  for (const line of boxes.exact) eraseLine(levels, line, background, noise, true);
  const papers = paper.lines.filter((line) => !boxes.exact.some((other) => liesAlong(line, other)));
  for (const line of [...papers, ...boxes.others]) eraseLine(levels, line, background, noise);
  const across = traced.filter((line) => spans(line, levels, reach));
  const isCut = [true, false].every((upright) => across.some((line) => line.upright === upright)); // else they may be 1s
  const cut = isCut ? across.filter((line) => others.includes(line) && isThin(line)) : [];
  for (const line of cut) eraseLine(levels, line, background, noise);
  const rest = others.filter((line) => !cut.includes(line) && !strokes.has(line));
  const long = [...cut, ...findLongLines(rest, levels, thresholds, reach)];
  for (const line of long.slice(cut.length)) eraseLine(levels, line, background, noise);
  const squared = [true, false].every((upright) => across.filter((line) => line.upright === upright).length > 1);
  const isPaper =
    !boxes.isCut && (squared || across.filter((line) => inBoxes.has(line)).length > 0.5 * boxes.lines.length);
  const rows = !isPaper && holdWriting(boxes.rows, levels, thresholds) ? boxes.rows : [];
  const found = boxes.lines.length + long.length + paper.lines.length > 0;
  return { rows, slope: paper.slope, linesRemoved: rows.length > 0 ? 'boxes' : found ? 'paper' : null };
}

/** Whether a line that runs from edge to edge is too thin for a stroke: of a box that is cut out with its lines. */
function isThin(line: TracedLine): boolean {
  return lengthOf(line) >= MIN_ASPECT * line.thickness;
}

/** Rows of boxes of one width, and what other boxes there are. */
function boxesOf(
  traced: readonly TracedLine[],
  levels: Plane<Int16Array>,
  reach: number,
  thresholds: Thresholds,
): Boxes & {
  exact: readonly TracedLine[];
  others: readonly TracedLine[];
  inside: ReadonlySet<TracedLine>;
  isCut: boolean;
} {
  const { background, highThreshold } = thresholds;
  const regular = findBoxRows(traced, levels, reach, background);
  const open = findCombs(regular.others, levels, reach, background);
  const free = traced.filter((line) => !regular.inside.has(line));
  const closed = findBoxes(free, levels, reach, background, highThreshold);
  const combs = [...regular.rows, ...open.rows];
  const isEmpty = combs.length === 0 && closed.rows.length === 0;
  const cut = isEmpty ? findCutBox(traced, levels, reach, thresholds) : null;
  const { lines, rows } = cut ? { lines: cut.lines, rows: [{ cells: [cut.cell], isComb: false }] } : closed;
  const isFree = ({ cells }: CellRow) => !cells.some(({ box }) => cellOf(box, combs));
  return {
    lines: [...new Set([...regular.lines, ...open.lines, ...lines])],
    rows: [...combs, ...rows.filter(isFree)],
    isCut: cut !== null,
    exact: [...regular.exact, ...open.lines],
    others: lines.filter((line) => !regular.lines.has(line)),
    // A comb's lines were traced, too: where they are looked at again, strokes that end on the base are taken for teeth.
    inside: new Set([...regular.inside, ...free.filter((line) => open.lines.some((other) => liesAlong(line, other)))]),
  };
}

/** Whether what is written stands in boxes; else they are squared paper's. */
function holdWriting(rows: readonly CellRow[], levels: Plane<Int16Array>, thresholds: Thresholds): boolean {
  if (rows.length === 0) return false;
  const { components } = findComponents(levels, thresholds.lowThreshold, thresholds.highThreshold);
  const height = heightOfInk(components) ?? 0;
  let all = 0;
  let inside = 0;
  for (const one of components) {
    if (one.height < height / 2) continue;
    all += one.area;
    // Digits of neighbouring boxes may touch: the first one tells.
    const cell = cellOf({ ...one, width: Math.min(one.width, one.height) }, rows);
    if (cell && one.height <= MAX_BEYOND * cell.box.height) inside += one.area;
  }
  return inside >= MIN_INSIDE * all;
}

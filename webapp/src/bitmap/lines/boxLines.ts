import type { Plane } from '../plane';
import { median, timesLarger } from '../statistics';
import { type CellRow, missingLines, rowsOf } from './cellRows';
import { type Cell, findCells, isFilled } from './cells';
import { crossing, isStraight, lengthOf, meet, placeAt, slopeOf } from './lineGeometry';
import type { TracedLine } from './traceLines';

/** So many cells are boxes even with nothing in them; fewer may be the loops of a digit. */
const MIN_EMPTY_CELLS = 3;

/** How much more or less ink than the others a line of a box may have across. */
const MAX_MASS_RATIO = 3;

/** How far a line of a box may be turned against the others that run its way, as a tangent. */
const MAX_TURNED = 0.1;
const MAX_TURNED_OF_FEW = 0.22;
const FEW = 4;

/** A line is short beside those it meets, as a share of their length; it goes on beyond the last by no more than this share. */
const MAX_SHORT = 0.6;
const MAX_DANGLING = 0.12;

/** Where a line meets another it is at least so dark, as a share of its level. */
const MIN_JOINED = 0.35;

/** An upright stroke parts a cell in two that are lower than this share of the others' width. */
const MAX_PARTED = 0.8;

/** The parts are narrow, as a share of their height. */
const MAX_HALF = 0.6;

/** Cells differ by this share in size where they are alike. */
const MAX_DIFFERENCE = 0.15;

/** The lines of boxes, and the places for writing that they enclose. */
export interface Boxes {
  readonly lines: readonly TracedLine[];
  readonly rows: readonly CellRow[];
}

/**
 * Find boxes, combs, tables and grids: lines that each meet two others at least, which meet two again (the 2-core of the
 * graph of meetings; Seidman, 1983). A digit's strokes seldom close a rectangle, and there is nothing written in it.
 *
 * @param reach the greatest thickness of a line.
 * @param background the level of bare paper.
 * @param threshold what is ink.
 */
export function findBoxes(
  traced: readonly TracedLine[],
  levels: Plane<Int16Array>,
  reach: number,
  background: number,
  threshold: number,
): Boxes {
  const meetings = meetingsOf(traced.filter(isStraight), reach);
  keepCore(meetings);
  dropUnlike(meetings);
  dropLoose(meetings, levels, background);
  keepCore(meetings);
  dropStrokes(meetings);
  keepCore(meetings);
  const groups = groupsOf(meetings).map((lines) => {
    const cells = findCells(new Map(lines.map((line) => [line, meetings.get(line) as Set<TracedLine>])));
    const filled = cells.filter((cell) => isFilled(cell, levels, threshold));
    return { lines, cells, filled };
  });
  const sure = groups.filter(({ cells, filled }) => filled.length > 0 || cells.length >= MIN_EMPTY_CELLS);
  const filled = sure.flatMap((group) => group.filled);
  const alike = groups.filter((group) => group.cells.some((cell) => filled.some((other) => areAlike(cell, other))));
  const chosen = groups.filter((group) => sure.includes(group) || alike.includes(group));
  const lines = chosen.flatMap((group) => group.lines);
  const rows = rowsOf(chosen.flatMap(({ cells }) => cells));
  const free = traced.filter((line) => line.upright && !lines.includes(line));
  const missing = [...new Set(missingLines(rows, free))];
  if (missing.length === 0) return { lines, rows };
  const all = [...lines, ...missing];
  return { lines: all, rows: rowsOf(findCells(meetingsOf(all, reach))) };
}

function meetingsOf(lines: readonly TracedLine[], reach: number): Map<TracedLine, Set<TracedLine>> {
  const meetings = new Map(lines.map((line) => [line, new Set<TracedLine>()]));
  const across = lines.filter((line) => !line.upright);
  for (const upright of lines.filter((line) => line.upright)) {
    for (const other of across) {
      if (!meet(upright, other, reach)) continue;
      meetings.get(upright)?.add(other);
      meetings.get(other)?.add(upright);
    }
  }
  return meetings;
}

function remove(meetings: Map<TracedLine, Set<TracedLine>>, line: TracedLine): void {
  for (const other of meetings.get(line) ?? []) meetings.get(other)?.delete(line);
  meetings.delete(line);
}

/** Remove lines that meet fewer than two, until none is left. */
function keepCore(meetings: Map<TracedLine, Set<TracedLine>>): void {
  const loose = [...meetings.keys()].filter((line) => (meetings.get(line) as Set<TracedLine>).size < 2);
  while (loose.length > 0) {
    const line = loose.pop() as TracedLine;
    const others = [...(meetings.get(line) ?? [])];
    remove(meetings, line);
    loose.push(...others.filter((other) => (meetings.get(other) as Set<TracedLine>).size < 2));
  }
}

/** Remove lines that have much more or less ink across, or slope otherwise, than others of the boxes: strokes of a pen. */
function dropUnlike(meetings: Map<TracedLine, Set<TracedLine>>): void {
  const slopes = [true, false].map((upright) => {
    const core = [...meetings.keys()].filter((line) => line.upright === upright);
    return { usual: usualSlope(core), most: core.length < FEW ? MAX_TURNED_OF_FEW : MAX_TURNED };
  });
  for (const [line, others] of [...meetings]) {
    const usualMass = median([...others].map(({ mass }) => mass)) as number;
    const { usual, most } = slopes[line.upright ? 0 : 1] as (typeof slopes)[0];
    const turned = Math.abs(slopeOf(line) - usual);
    if (timesLarger(line.mass, usualMass) > MAX_MASS_RATIO || turned > most) remove(meetings, line);
  }
}

/** The slope with the longest lines near it; 0 without lines. */
function usualSlope(lines: readonly TracedLine[]): number {
  const all = lines.map((line) => ({ slope: slopeOf(line), length: lengthOf(line) }));
  let best = { slope: 0, length: 0 };
  for (const { slope } of all) {
    const near = all.filter((other) => Math.abs(other.slope - slope) <= MAX_TURNED / 2);
    const length = near.reduce((sum, other) => sum + other.length, 0);
    if (length > best.length) best = { slope, length };
  }
  return best.slope;
}

/** Remove short lines that end before the line that they would meet, or go on beyond the last one: strokes in a box. */
function dropLoose(meetings: Map<TracedLine, Set<TracedLine>>, levels: Plane<Int16Array>, background: number): void {
  for (const [line, others] of [...meetings]) {
    const usual = median([...others].map(lengthOf)) as number;
    if (lengthOf(line) > MAX_SHORT * usual) continue;
    const places = [...others].map((other) => {
      const { x, y } = line.upright ? crossing(line, other) : crossing(other, line);
      return { at: line.upright ? y : x, half: other.thickness / 2 };
    });
    places.sort((a, b) => a.at - b.at);
    const [first, last] = [places[0], places.at(-1)] as [{ at: number; half: number }, { at: number; half: number }];
    const spare = Math.max(3, MAX_DANGLING * (last.at - first.at));
    const end = (line.upright ? levels.height : levels.width) - 1;
    const dangles =
      (first.at - first.half - line.from > spare && line.from > 2) ||
      (line.to - last.at - last.half > spare && line.to < end - 2);
    const gaps =
      isBroken(line, Math.ceil(first.at + first.half), line.from, levels, background) ||
      isBroken(line, line.to, Math.floor(last.at - last.half), levels, background);
    if (dangles || gaps) remove(meetings, line);
  }
}

/** Whether there is bare paper on the way of a line from one place to another. */
function isBroken(line: TracedLine, from: number, to: number, levels: Plane<Int16Array>, background: number): boolean {
  const least = background + MIN_JOINED * (line.level - background);
  const { width, height, data } = levels;
  let bare = -Math.ceil(line.thickness / 2);
  for (let along = Math.max(from, 0); along < to; along++) {
    const place = Math.round(placeAt(line, along));
    const [x, y] = line.upright ? [place, along] : [along, place];
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    if ((data[y * width + x] as number) < least) bare++;
  }
  return bare > 0;
}

/** Remove uprights that part a cell of a row in two: a 1 that touches the upper and the lower line of its box. */
function dropStrokes(meetings: Map<TracedLine, Set<TracedLine>>): void {
  for (const [line, uprights] of [...meetings]) {
    if (line.upright || uprights.size < 4) continue;
    const row = [...uprights].sort((a, b) => (a.places[0] as number) - (b.places[0] as number));
    const gaps = row
      .slice(1)
      .map((next, i) => (next.places[0] as number) - ((row[i] as TracedLine).places[0] as number));
    const usual = [...gaps].sort((a, b) => a - b)[Math.floor(0.7 * gaps.length)] as number;
    for (let i = 1; i + 1 < row.length; i++) {
      const [before, after] = [gaps[i - 1] as number, gaps[i] as number];
      if (Math.max(before, after) > Math.min(MAX_PARTED * usual, MAX_HALF * lengthOf(row[i] as TracedLine))) continue;
      if (Math.abs(before + after - usual) > 2 * MAX_DIFFERENCE * usual) continue;
      remove(meetings, row[i] as TracedLine);
      gaps[i] = before + after;
    }
  }
}

/** Lines that meet directly or through others. */
function groupsOf(meetings: ReadonlyMap<TracedLine, ReadonlySet<TracedLine>>): TracedLine[][] {
  const seen = new Set<TracedLine>();
  const groups: TracedLine[][] = [];
  for (const start of meetings.keys()) {
    if (seen.has(start)) continue;
    const group = [start];
    seen.add(start);
    for (const line of group) {
      for (const other of meetings.get(line) as ReadonlySet<TracedLine>) {
        if (!seen.has(other)) group.push(other);
        seen.add(other);
      }
    }
    groups.push(group);
  }
  return groups;
}

function areAlike({ box: one }: Cell, { box: other }: Cell): boolean {
  const differs = (a: number, b: number) => Math.abs(a - b) > MAX_DIFFERENCE * Math.max(a, b);
  return !differs(one.width, other.width) && !differs(one.height, other.height);
}

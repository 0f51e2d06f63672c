import type { Thresholds } from '../paper/threshold';
import { findComponents } from '../pieces/components';
import type { Plane } from '../plane';
import { timesLarger } from '../statistics';
import { type Cell, isFilled } from './cells';
import { crossing, isStraight, lengthOf, meet, placeAt, slopeOf } from './lineGeometry';
import type { TracedLine } from './traceLines';

/** A side is so long, and the box is so large, as shares of the picture. */
const MIN_SIDE = 0.5;
const MIN_AREA = 0.4;

/** How much more or less ink than another side one may have across, and how far from a right angle they may be, as a tangent. */
const MAX_MASS_RATIO = 3;
const MAX_TURNED = 0.22;

/** Another long line is not within it, this share of its size or more from its sides. */
const MIN_WITHIN = 0.15;

/** Where two sides are all that there is, ink of its own stands in the box, so high by the box's height: else they are a digit's strokes. */
const MIN_INK = 0.3;

/** A box that the picture's edge cuts, and the lines that are left of it. */
export interface CutBox {
  readonly cell: Cell;
  readonly lines: readonly TracedLine[];
}

/**
 * Find the one box that fills a picture of which an edge or two cut off sides: two or three lines that meet each other
 * and run to the edge, round ink. Null where there is none.
 *
 * @param traced all lines of a picture without closed boxes.
 * @param reach the greatest thickness of a line; what is no further from the edge may be the rest of a side.
 */
export function findCutBox(
  traced: readonly TracedLine[],
  levels: Plane<Int16Array>,
  reach: number,
  thresholds: Thresholds,
): CutBox | null {
  const { width, height } = levels;
  const isLong = (line: TracedLine) => lengthOf(line) >= MIN_SIDE * (line.upright ? height : width);
  const long = traced.filter((line) => isStraight(line) && isLong(line));
  const at = (line: TracedLine) => placeAt(line, (line.upright ? height : width) / 2);
  const [uprights, across] = [true, false].map((upright) => {
    const [along, far] = upright ? [height, width] : [width, height];
    const edges = [0, far - 1].map((place) => edgeLine(upright, along, place, reach));
    return [...long.filter((line) => line.upright === upright), ...edges].sort((a, b) => at(a) - at(b));
  }) as [TracedLine[], TracedLine[]];
  let best: { box: CutBox; count: number; area: number } | null = null;
  for (const [left, right] of pairs(uprights)) {
    for (const [top, bottom] of pairs(across)) {
      const lines = [left, right, top, bottom].filter((line) => line.mass > 0);
      if (lines.length < 2 || lines.length > 3 || !areSides(lines)) continue;
      const corners = [left, right].flatMap((upright) => [top, bottom].map((other) => ({ upright, other })));
      if (!corners.every(({ upright, other }) => meet(upright, other, reach))) continue;
      const cell = cellBetween(left, right, top, bottom);
      const area = cell.box.width * cell.box.height;
      const isLess = best !== null && (lines.length < best.count || (lines.length === best.count && area <= best.area));
      if (isLess || area < MIN_AREA * width * height) continue;
      if (long.some((line) => isWithin(line, cell))) continue; // ruled or squared paper
      if (!isFilled(cell, levels, thresholds.highThreshold)) continue;
      if (lines.length === 2 && !holdsOwnInk(cell, lines, levels, thresholds)) continue;
      best = { box: { cell, lines }, count: lines.length, area };
    }
  }
  return best && withRests(best.box, traced, reach);
}

/** Whether the middle of a line lies in a box, away from its sides. */
function isWithin(line: TracedLine, { box, left, right, top, bottom }: Cell): boolean {
  const along = (line.from + line.to) / 2;
  const place = placeAt(line, along);
  const [before, after, length] = line.upright ? [left, right, box.width] : [top, bottom, box.height];
  const beside = (side: TracedLine) => Math.abs(place - placeAt(side, along)) > MIN_WITHIN * length;
  return place > placeAt(before, along) && place < placeAt(after, along) && beside(before) && beside(after);
}

/** An edge of the picture as a line without ink. */
function edgeLine(upright: boolean, length: number, place: number, thickness: number): TracedLine {
  const places = new Float32Array(length).fill(place);
  return { upright, from: 0, to: length - 1, places, thickness, level: 0, mass: 0 };
}

function pairs<Kind>(all: readonly Kind[]): [Kind, Kind][] {
  return all.flatMap((one, i) => all.slice(i + 1).map((other): [Kind, Kind] => [one, other]));
}

/** Whether lines are alike, and run along both axes, at right angles. */
function areSides(lines: readonly TracedLine[]): boolean {
  const [upright, other] = [lines.find((line) => line.upright), lines.find((line) => !line.upright)];
  if (!upright || !other || Math.abs(slopeOf(upright) + slopeOf(other)) > MAX_TURNED) return false;
  return lines.every(({ mass }) => timesLarger(mass, upright.mass) <= MAX_MASS_RATIO);
}

function cellBetween(left: TracedLine, right: TracedLine, top: TracedLine, bottom: TracedLine): Cell {
  const corners = [left, right].flatMap((upright) => [top, bottom].map((across) => crossing(upright, across)));
  const mean = (places: readonly number[]) => ((places[0] as number) + (places[1] as number)) / 2;
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [x, y] = [mean(xs.slice(0, 2)), mean([ys[0], ys[2]] as number[])];
  const box = { x, y, width: mean(xs.slice(2)) - x, height: mean([ys[1], ys[3]] as number[]) - y };
  return { box, left, right, top, bottom };
}

/** Whether there is ink in a box that does not touch its sides. */
function holdsOwnInk(
  { box }: Cell,
  lines: readonly TracedLine[],
  levels: Plane<Int16Array>,
  { lowThreshold, highThreshold }: Thresholds,
): boolean {
  const { labels, components } = findComponents(levels, lowThreshold, highThreshold);
  const labelAt = (x: number, y: number) => labels.data[Math.round(y) * labels.width + Math.round(x)];
  const ofSides = new Set(
    lines.flatMap(({ upright, from, places }) =>
      Array.from(places, (place, k) => (upright ? labelAt(place, from + k) : labelAt(from + k, place))),
    ),
  );
  return components.some(({ label, x, y, width, height }) => {
    const [right, bottom] = [x + width, y + height];
    const isIn = x >= box.x && y >= box.y && right <= box.x + box.width && bottom <= box.y + box.height;
    return isIn && height >= MIN_INK * box.height && !ofSides.has(label);
  });
}

/** The box with all lines that are rests of its sides: they lie along a side, or along the edge that cut it off. */
function withRests({ cell, lines }: CutBox, traced: readonly TracedLine[], reach: number): CutBox {
  const sides = [cell.left, cell.right, cell.top, cell.bottom];
  const isAlong = (line: TracedLine, side: TracedLine) => {
    const middle = (line.from + line.to) / 2;
    const near = side.mass > 0 ? side.thickness : reach / 2;
    return line.upright === side.upright && Math.abs(placeAt(line, middle) - placeAt(side, middle)) <= near;
  };
  const rests = traced.filter((line) => !lines.includes(line) && sides.some((side) => isAlong(line, side)));
  return { cell, lines: [...lines, ...rests] };
}

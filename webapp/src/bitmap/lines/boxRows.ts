import type { Plane } from '../plane';
import { median, timesLarger, valueAt } from '../statistics';
import type { CellRow } from './cellRows';
import type { Cell } from './cells';
import { lengthOf, placeAt, slopeOf } from './lineGeometry';
import { type Chain, findChains } from './pitch';
import { railsOf } from './rails';
import { smoothed } from './smoothed';
import type { TracedLine } from './traceLines';
import { findUprights, type Upright } from './uprights';

/** The upper and the lower line of a row lie side by side for this share of the shorter one, and are so far from parallel at most. */
const MIN_BESIDE = 0.75;
const MAX_TAPER = 0.15;
const SAMPLES = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];
const MIN_ALIKE = 0.75;

/** The upper and the lower line show in so much of their length, the base of a comb in more; where a pixel is so dark, as a share of their level. */
const MIN_RAIL_SHOWN = 0.75;
const MIN_BASE_SHOWN = 0.9;
const MIN_LEVEL = 0.45;

/** Ink lies on less of a rail than the rest; a rail is as thick as it is darker than this share of its level: blur widens it. */
const BARE = 0.3;
const SKIRT = 0.25;

/** A row is so many times as long as high at least. */
const MIN_LENGTH = 1.8;

/** A line is looked for where the row's pitch says, if so much of it shows. */
const MIN_SHOWN = 0.5;

/** A line is no further from where its neighbours say that it is, in pixels: ink that runs along it leads it aside. */
const MAX_ASIDE = 1.5;

/** It is as dark as the others, by this factor; else it is a stroke. */
const MAX_LEVEL_RATIO = 1.6;

/** Where this share of a row's lines were fitted, they tell where the others are. */
const MIN_TOLD = 0.5;

/** A row's end is the end of its upper and lower lines, if that is within this share of the pitch. */
const MAX_END = 0.15;

/** Rows of boxes of one width, and the lines that they are made of. */
export interface BoxRows {
  readonly lines: ReadonlySet<TracedLine>;
  /** The same, each where it is and as thick as it is where no ink lies on it. */
  readonly exact: readonly TracedLine[];
  readonly rows: readonly CellRow[];
  /** Lines that lie within the rows: of boxes or of digits. */
  readonly inside: ReadonlySet<TracedLine>;
  /** Lines beyond the rows that may be the bases of combs. */
  readonly others: readonly TracedLine[];
}

/**
 * Find rows of boxes by what repeats in them: between an upper and a lower line, uprights that stand at a pitch. One that is
 * faint, broken or covered is found where the others say that it is; the stroke of a digit does not repeat.
 *
 * @param reach the greatest thickness of a line.
 */
export function findBoxRows(
  traced: readonly TracedLine[],
  levels: Plane<Int16Array>,
  reach: number,
  background: number,
): BoxRows {
  const rails = railsOf(traced, 2 * reach)
    .filter((rail) => shownShare(rail, levels, background) >= MIN_RAIL_SHOWN)
    .sort((a, b) => middleOf(a) - middleOf(b));
  const lines = new Set<TracedLine>();
  const exact = new Set<TracedLine>();
  const rows: CellRow[] = [];
  const taken: { top: TracedLine; bottom: TracedLine; from: number; to: number }[] = [];
  for (const [i, top] of rails.entries()) {
    for (const bottom of rails.slice(i + 1)) {
      const range = besides(top, bottom, reach);
      if (range === null) continue;
      if (range === 'near') break; // squared paper, whose squares are smaller than digits
      const row = rowBetween(top, bottom, range, levels, background);
      if (row === null) break; // what lies below is more than a row
      for (const line of [top, bottom, ...row.lines]) lines.add(line);
      for (const rail of [top, bottom]) exact.add(bare(rail, levels, background));
      for (const line of row.lines) exact.add(line);
      rows.push({ cells: row.cells, isComb: true });
      taken.push({ top, bottom, ...range });
      break;
    }
  }
  const inside = new Set(
    traced.filter((line) => {
      const along = (line.from + line.to) / 2;
      const [x, y] = line.upright ? [placeAt(line, along), along] : [along, placeAt(line, along)];
      return taken.some(({ top, bottom, from, to }) => {
        const [above, below] = [placeAt(top, x), placeAt(bottom, x)];
        const margin = line.upright ? 0 : -Math.max(top.thickness, bottom.thickness) - 2;
        const short = lengthOf(line) < (line.upright ? 1.5 * (below - above) : 1.5 * (to - from));
        return short && x >= from - reach && x <= to + reach && y > above + margin && y < below - margin;
      });
    }),
  );
  const others = rails.filter((rail) => {
    const x = (rail.from + rail.to) / 2;
    const y = placeAt(rail, x);
    const isIn = taken.some(
      ({ top, bottom, from, to }) => x > from && x < to && y >= placeAt(top, x) - 1 && y <= placeAt(bottom, x) + 1,
    );
    return !isIn && shownShare(rail, levels, background) >= MIN_BASE_SHOWN;
  });
  return { lines, exact: [...exact], rows, inside, others: others.map((rail) => bare(rail, levels, background)) };
}

/** The share of its length in which a rail is dark; strokes of digits in a row show in less. */
function shownShare(rail: TracedLine, { width, height, data }: Plane<Int16Array>, background: number): number {
  const least = background + MIN_LEVEL * (rail.level - background);
  let shown = 0;
  for (const [k, place] of rail.places.entries()) {
    const y = Math.round(place);
    const isDark = [y, y - 1, y + 1].some(
      (v) => v >= 0 && v < height && (data[v * width + rail.from + k] as number) > least,
    );
    if (isDark) shown++;
  }
  return shown / rail.places.length;
}

/** A rail with the place, the level and the thickness that it has where no ink lies on it. */
function bare(rail: TracedLine, { width, height, data }: Plane<Int16Array>, background: number): TracedLine {
  const levelAt = (x: number, y: number) => (y < 0 || y >= height ? background : (data[y * width + x] as number));
  const usual = (values: readonly number[]) => valueAt(values, BARE) as number;
  const places = smoothed(rail.places);
  // Between two rows the place does not tell which of them is the darker one.
  const middles = Array.from(places, (place, k) => {
    const [x, y] = [rail.from + k, Math.round(place)];
    return [y - 1, y + 1].reduce((best, v) => (levelAt(x, v) > levelAt(x, best) ? v : best), y);
  });
  const level = usual(middles.map((y, k) => levelAt(rail.from + k, y)));
  const least = background + SKIRT * (level - background);
  const thickness = usual(
    middles.map((y, k) => {
      const x = rail.from + k;
      let [from, to] = [y, y];
      while (y - from < rail.thickness && levelAt(x, from - 1) > least) from--;
      while (to - y < rail.thickness && levelAt(x, to + 1) > least) to++;
      return to - from + 1;
    }),
  );
  return { ...rail, places, level, thickness };
}

function middleOf({ places }: TracedLine): number {
  return places[places.length >> 1] as number;
}

/** Columns of the picture. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * The columns in which two lines lie one above the other, as those of a row of boxes do; null where they do not, "near"
 * where they are too near for digits.
 */
function besides(top: TracedLine, bottom: TracedLine, reach: number): Range | 'near' | null {
  const [from, to] = [Math.max(top.from, bottom.from), Math.min(top.to, bottom.to)];
  if (to - from < MIN_BESIDE * Math.max(lengthOf(top), lengthOf(bottom))) return null;
  const heights = SAMPLES.map((share) => {
    const x = from + share * (to - from);
    return placeAt(bottom, x) - placeAt(top, x);
  });
  const height = median(heights) as number;
  if (to - from < MIN_LENGTH * height) return null;
  const alike = heights.filter((other) => Math.abs(other - height) <= MAX_TAPER * height);
  if (alike.length < MIN_ALIKE * heights.length || height < top.thickness + bottom.thickness + 2) return null;
  if (height < 3 * reach) return 'near';
  return { from: Math.min(top.from, bottom.from), to: Math.max(top.to, bottom.to) };
}

/** The boxes between an upper and a lower line, and their uprights; null where nothing repeats. */
function rowBetween(
  top: TracedLine,
  bottom: TracedLine,
  { from, to }: Range,
  levels: Plane<Int16Array>,
  background: number,
): { cells: Cell[]; lines: TracedLine[] } | null {
  const found = findUprights(top, bottom, from, to, levels, background);
  const middle = (from + to) / 2;
  const height = placeAt(bottom, middle) - placeAt(top, middle);
  const sure = found.filter((one) => one.isSure);
  const chains = findChains(
    sure.map(({ x }) => x),
    height,
  );
  if (chains.length === 0) return null;
  const slope = sure.reduce((sum, one) => sum + one.slope, 0) / sure.length;
  const edges = chains.map((chain) => edgesOf(chain, found, { from, to }, slope, top, bottom));
  const lines = edges.flatMap((all) => all.flatMap(({ line, shows }) => (shows ? [line] : [])));
  const [one, other] = edges as [Edge[], Edge[] | undefined];
  const all = [...one, ...(other ?? [])].sort((a, b) => a.x - b.x);
  const pitch = (chains[0] as Chain).pitch;
  const cells = all.slice(1).flatMap((right, i): Cell[] => {
    const left = all[i] as Edge;
    const width = right.x - left.x;
    if (width < 0.5 * pitch) return []; // the gap between two boxes
    const x = (left.x + right.x) / 2;
    const box = { x: left.x, y: placeAt(top, x), width, height: placeAt(bottom, x) - placeAt(top, x) };
    return [{ box, left: left.line, right: right.line, top, bottom }];
  });
  return { cells, lines };
}

/** An upright side of a box: where the pitch says, and whether it shows. */
interface Edge {
  readonly x: number;
  readonly line: TracedLine;
  readonly shows: boolean;
}

function edgesOf(
  { places, pitch, reach }: Chain,
  found: readonly Upright[],
  { from, to }: Range,
  slope: number,
  top: TracedLine,
  bottom: TracedLine,
): Edge[] {
  const all = [...places];
  while ((all[0] as number) - pitch >= from - MAX_END * pitch) all.unshift((all[0] as number) - pitch);
  while ((all.at(-1) as number) + pitch <= to + MAX_END * pitch) all.push((all.at(-1) as number) + pitch);
  const near = all.map((x) => {
    const shown = found.filter((one) => Math.abs(one.x - x) <= reach && one.shown >= MIN_SHOWN);
    return shown.sort((a, b) => b.shown - a.shown)[0];
  });
  const usualLevel = median(near.flatMap((one) => (one?.isFitted ? [one.line.level] : [])));
  const fitted = near.map((one) => {
    const isLine = one?.isFitted && timesLarger(one.line.level, usualLevel as number) <= MAX_LEVEL_RATIO;
    return isLine ? one : undefined;
  });
  const shown = near.filter((one) => one !== undefined).length;
  const isTold = fitted.filter((one) => one !== undefined).length >= MIN_TOLD * shown;
  const said = all.map((x, i) => saidBy(fitted, i, pitch) ?? x);
  const usual = (value: (line: TracedLine) => number, otherwise: number) =>
    median(fitted.flatMap((one) => (one ? [value(one.line)] : []))) ?? otherwise;
  return all.map((_, i) => {
    const best = near[i];
    const x = said[i] as number;
    if (best && (!isTold || (fitted[i] && Math.abs(best.x - x) <= MAX_ASIDE)))
      return { x: best.x, line: best.line, shows: true };
    const [first, last] = [Math.round(placeAt(top, x)), Math.round(placeAt(bottom, x))];
    const lean = usual(slopeOf, slope);
    const drawn = Float32Array.from({ length: last - first + 1 }, (_, k) => x + lean * (k - (last - first) / 2));
    const how = {
      thickness: usual((line) => line.thickness, top.thickness),
      level: usual((line) => line.level, top.level),
    };
    return {
      x,
      line: { ...top, ...how, upright: true, from: first, to: last, places: drawn },
      shows: best !== undefined,
    };
  });
}

/** Where the nearest fitted lines on both sides of a place say that its line is; null where there is none. */
function saidBy(fitted: readonly (Upright | undefined)[], place: number, pitch: number): number | null {
  const before = fitted.findLastIndex((one, i) => i < place && one !== undefined);
  const after = fitted.findIndex((one, i) => i > place && one !== undefined);
  const [left, own, right] = [fitted[before], fitted[place], fitted[after]];
  if (left && right) return left.x + ((right.x - left.x) * (place - before)) / (after - before);
  if (own) return own.x;
  if (left) return left.x + (place - before) * pitch;
  return right ? right.x - (after - place) * pitch : null;
}

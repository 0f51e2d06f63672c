import type { Thresholds } from '../paper/threshold';
import { type Component, findComponents, heightOfInk, type Labelled } from '../pieces/components';
import type { Plane } from '../plane';
import { median, timesLarger } from '../statistics';
import { eraseLine } from './eraseLine';
import { crossing, isStraight, lengthOf, levelReader, meet, placeAt, reachesEdge, slopeOf } from './lineGeometry';
import type { TracedLine } from './traceLines';

/** A line is at least so long, by the height of the picture's digits; an upright one, which may be a 1, longer. */
const MIN_LENGTH = 2.2;
const MIN_UPRIGHT_LENGTH = 2.5;

/** It is so many times as long as thick; the bar of a 7 is not. */
const MIN_ASPECT = 10;

/** Shorter lines, as a share of the picture's width, are not looked at alone. */
const MIN_SHARE = 0.15;

/** Beside a line there is other ink, at least this share of the line's. */
const MIN_OTHER_INK = 0.3;

/** The teeth of a comb: how many there are at least, how much lower than digits they are, and how alike, also to their base. */
const MIN_TEETH = 3;
const MAX_TOOTH = 0.85;
const ALIKE = 0.2;
const MAX_MASS_RATIO = 2.5;

/** This share of the gaps between teeth are alike. */
const MIN_REGULAR = 0.6;

/** A line alone is so many times as wide as it is high, and nearly all of its length is on it. */
const FLAT = 4;
const FREE = 0.8;

/**
 * Strokes that blur joins: as thick as this share of the greatest thickness, and darker than bare paper by this share of their
 * level, but in so much of their length; and so many of the parts between are most of them.
 */
const THICK = 0.4;
const SHOWS = 0.15;
const MAX_BARE = 0.06;
const MOST = 0.8;

/** Short lines in a row, one below each digit: how far they are from one line, by their length. */
const MAX_OFF_LINE = 0.1;

/**
 * Find lines that enclose nothing: underlines, ruled lines, the base of a comb and its teeth. They are longer than any
 * stroke of the picture's digits, or repeat in a row.
 *
 * @param traced lines that are not those of boxes.
 */
export function findLongLines(
  traced: readonly TracedLine[],
  levels: Plane<Int16Array>,
  { background, noise, lowThreshold, highThreshold }: Thresholds,
  reach: number,
): TracedLine[] {
  const straight = traced.filter(isStraight);
  const across = straight.filter((line) => !line.upright);
  const uprights = straight.filter((line) => line.upright);
  const wide = across.filter((line) => lengthOf(line) >= Math.max(MIN_SHARE * levels.width, MIN_LENGTH * reach));
  const rows = alikeInRow(across.filter((line) => !wide.includes(line)));
  if (wide.length === 0 && rows.length === 0) return [];
  const tall = uprights.filter(
    (line) => reachesEdge(line, levels, reach) && wide.filter((other) => meet(line, other, reach)).length > 1,
  );
  const without = { ...levels, data: levels.data.slice() };
  for (const line of [...wide, ...tall]) eraseLine(without, line, background, noise);
  const labelled = findComponents(without, lowThreshold, highThreshold);
  const height = heightOfInk(labelled.components);
  if (height === null) return [];
  const ink = labelled.components.reduce((sum, one) => sum + (one.height >= height / 2 ? one.area : 0), 0);
  const isLong = (line: TracedLine) => {
    const length = lengthOf(line);
    const least = line.upright ? MIN_UPRIGHT_LENGTH : MIN_LENGTH;
    if (length < MIN_ASPECT * line.thickness) return false;
    return length >= least * height && ink >= MIN_OTHER_INK * length * line.thickness;
  };
  const long = wide.filter((line) => isLong(line) && !isStroke(line, labelled));
  const margins = uprights.filter(
    (line) => isLong(line) && (reachesEdge(line, levels, reach) || long.some((other) => meet(line, other, reach))),
  );
  const teeth = long.flatMap((base) => teethOf(base, uprights, height, reach));
  const repeated = rows.filter((row) => 2 * row.filter((line) => isAlone(line, labelled)).length >= row.length);
  return [...new Set([...long, ...margins, ...teeth, ...repeated.flat()])];
}

/**
 * Whether a thick line is strokes of several digits, which blur joins: bare paper shows in so much of its length, ink goes on
 * to one side from most parts between, and these are not of one length, as short lines in a row are.
 *
 * @param background the level of bare paper.
 * @param reach the greatest thickness of a line, in pixels.
 */
export function areStrokes(line: TracedLine, levels: Plane<Int16Array>, background: number, reach: number): boolean {
  if (line.thickness < THICK * reach) return false;
  const levelAt = levelReader(levels, line.upright, background);
  const isInk = (k: number, off: number, share: number) => {
    const level = levelAt(line.from + k, Math.round(line.places[k] as number) + off);
    return level - background >= share * (line.level - background);
  };
  const beside = Math.ceil(line.thickness);
  const parts: { length: number; branches: boolean }[] = [];
  let bare = 0;
  let wasBare = true;
  for (let k = 0; k < line.places.length; k++) {
    const isBare = ![-1, 0, 1].some((off) => isInk(k, off, SHOWS));
    if (isBare) bare++;
    else {
      if (wasBare) parts.push({ length: 0, branches: false });
      const part = parts.at(-1) as (typeof parts)[number];
      part.length++;
      part.branches ||= isInk(k, -beside, 0.5) || isInk(k, beside, 0.5);
    }
    wasBare = isBare;
  }
  const usual = median(parts.map(({ length }) => length)) ?? 0;
  const alike = parts.filter(({ length }) => Math.abs(length - usual) <= ALIKE * usual).length;
  const branched = parts.filter(({ branches }) => branches).length;
  const most = MOST * parts.length;
  return bare > MAX_BARE * line.places.length && branched >= most && alike < most;
}

/** Whether a line is the stroke of a digit: what touches it is high, by the line's length, and not much wider. */
function isStroke(line: TracedLine, { labels: { width, height, data }, components }: Labelled): boolean {
  const length = lengthOf(line);
  const beside = Math.ceil(line.thickness / 2) + 2;
  for (const [k, place] of line.places.entries()) {
    for (const at of [Math.round(place) - beside, Math.round(place) + beside]) {
      if (at < 0 || at >= height) continue;
      const label = data[at * width + line.from + k] as number;
      if (label === 0) continue;
      const touching = components[label - 1] as Component;
      if (MIN_LENGTH * touching.height > length && touching.width <= 1.5 * length) return true;
    }
  }
  return false;
}

/** The teeth of a comb: short uprights of one length that end on its base. */
function teethOf(base: TracedLine, uprights: readonly TracedLine[], height: number, reach: number): TracedLine[] {
  const ending = uprights.filter((line) => {
    if (timesLarger(line.mass, base.mass) > MAX_MASS_RATIO) return false;
    if (lengthOf(line) > MAX_TOOTH * height || Math.abs(slopeOf(line) + slopeOf(base)) > ALIKE) return false;
    const { y } = crossing(line, base);
    const near = base.thickness / 2 + 3;
    return meet(line, base, reach) && (Math.abs(line.to - y) <= near || Math.abs(line.from - y) <= near);
  });
  const usual = median(ending.map(lengthOf)) ?? 0;
  const teeth = ending.filter((line) => Math.abs(lengthOf(line) - usual) <= ALIKE * usual + 1);
  const at = teeth.map((line) => crossing(line, base).x).sort((a, b) => a - b);
  const gaps = at.slice(1).map((x, i) => x - (at[i] as number));
  const gap = median(gaps) ?? 0;
  const regular = gaps.filter((one) => Math.abs(one - gap) <= ALIKE * gap).length;
  return teeth.length >= MIN_TEETH && regular >= MIN_REGULAR * gaps.length ? teeth : [];
}

/** Short lines of one length and thickness that stand on one line, for each of them with two others at least. */
function alikeInRow(lines: readonly TracedLine[]): TracedLine[][] {
  const rows = lines.map((line) => {
    const length = lengthOf(line);
    return lines.filter((other) => {
      const middle = (other.from + other.to) / 2;
      const away = Math.abs(placeAt(line, middle) - placeAt(other, middle));
      const distance = Math.abs(middle - (line.from + line.to) / 2);
      const alike = Math.abs(lengthOf(other) - length) <= ALIKE * length;
      const asThick = timesLarger(other.mass, line.mass) <= MAX_MASS_RATIO;
      return alike && asThick && away <= MAX_OFF_LINE * length + 0.02 * distance;
    });
  });
  return rows.filter((row) => row.length >= MIN_TEETH);
}

/** Whether a line is a component of its own. */
function isAlone(line: TracedLine, { labels, components }: Labelled): boolean {
  const middle = line.places.length >> 1;
  const label = labels.data[Math.round(line.places[middle] as number) * labels.width + line.from + middle] as number;
  if (label === 0) return false;
  const { width, height } = components[label - 1] as Component;
  return width > FLAT * height && width < lengthOf(line) / FREE;
}

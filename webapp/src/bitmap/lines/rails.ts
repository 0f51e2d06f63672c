import { median, timesLarger } from '../statistics';
import { isStraight, lengthOf } from './lineGeometry';
import type { TracedLine } from './traceLines';

/** How far a line may be from where a rail goes on: by its thickness, and by the gap between them, less where much of the rail tells its slope. */
const MAX_OFF = 0.6;
const MAX_OFF_GAP = 0.04;
const MAX_OFF_END = 1.5;

/** A rail goes on beyond a gap of so many lengths of its usual part: one box of a row may be covered. */
const MAX_GAP = 1.6;

/** The end of a part may lie beside its line, in a stroke: by its thickness, so far goes the next part back. */
const MAX_OVERLAP = 6;

/** How much more or less ink across them the parts of a rail may have. */
const MAX_MASS_RATIO = 2.5;

/** So much of a line's end tells how it goes on, in pixels; of a longer one a quarter. */
const TAIL = 40;

/** A rail shows in this share of its length. */
const MIN_COVERED = 0.6;

/** Lines that go on from each other, as one: the upper or the lower sides of a row of boxes. */
export function railsOf(traced: readonly TracedLine[], leastLength: number): TracedLine[] {
  const across = traced.filter((line) => !line.upright && lengthOf(line) >= leastLength && isStraight(line));
  const open: TracedLine[][] = [];
  for (const line of across.sort((a, b) => a.from - b.from)) {
    let best: TracedLine[] | null = null;
    let least = Infinity;
    for (const parts of open) {
      const off = offRail(parts, line);
      if (off >= least) continue;
      least = off;
      best = parts;
    }
    if (best) best.push(line);
    else open.push([line]);
  }
  return open.flatMap((parts) => {
    const rail = joined(parts);
    const shown = parts.reduce((sum, part) => sum + lengthOf(part), 0);
    return shown >= MIN_COVERED * lengthOf(rail) ? [rail] : [];
  });
}

/** How far a line is from a rail that it goes on from, in pixels; infinity where it does not. */
function offRail(parts: readonly TracedLine[], line: TracedLine): number {
  const last = parts.at(-1) as TracedLine;
  const gap = line.from - last.to;
  const usual = median(parts.map(lengthOf)) as number;
  if (line.to <= last.to || gap < -MAX_OVERLAP * last.thickness || gap > MAX_GAP * Math.max(usual, lengthOf(line)))
    return Infinity;
  if (timesLarger(line.mass, last.mass) > MAX_MASS_RATIO) return Infinity;
  const rail = joined(parts.slice(-3)); // a single short part tells little of the slope
  const middle = (line.from + last.to) / 2;
  const off = Math.abs(startAt(line, middle) - endAt(rail, middle));
  const drift = Math.min(MAX_OFF_GAP, MAX_OFF_END / tailOf(rail.places)) * Math.max(gap, 0);
  return off <= 1 + MAX_OFF * last.thickness + drift ? off : Infinity;
}

/** Where a line would be before its start, and beyond its end. */
function startAt({ from, places }: TracedLine, along: number): number {
  return goOn(places.subarray(0, tailOf(places)), along - from);
}

function endAt({ from, places }: TracedLine, along: number): number {
  const tail = tailOf(places);
  return goOn(places.subarray(places.length - tail), along - from - places.length + tail);
}

/** A long line tells by a quarter of it how it goes on: a stroke that crosses its end may bend that. */
function tailOf({ length }: Float32Array): number {
  return Math.min(length, Math.max(TAIL, Math.ceil(length / 4)));
}

/** The straight line through the medians of both halves of places: strokes that lead a few of them aside do not turn it. */
function goOn(places: Float32Array, at: number): number {
  const half = Math.max(places.length >> 1, 1);
  const first = median([...places.subarray(0, half)]) as number;
  const second = median([...places.subarray(places.length - half)]) as number;
  const step = places.length > half ? (second - first) / (places.length - half) : 0;
  return first + step * (at - (half - 1) / 2);
}

function joined(parts: readonly TracedLine[]): TracedLine {
  const [first, last] = [parts[0] as TracedLine, parts.at(-1) as TracedLine];
  if (parts.length === 1) return first;
  const places = new Float32Array(last.to - first.from + 1);
  for (const [i, part] of parts.entries()) {
    const before = parts[i - 1];
    const gap = before ? part.from - before.to : 0;
    for (let k = 1; before && k < gap; k++) {
      const share = k / gap;
      places[before.to + k - first.from] =
        (1 - share) * (before.places.at(-1) as number) + share * (part.places[0] as number);
    }
    places.set(part.places, part.from - first.from);
  }
  const usual = (value: (part: TracedLine) => number) => median(parts.map(value)) as number;
  return {
    ...first,
    to: last.to,
    places,
    thickness: usual((part) => part.thickness),
    level: usual((part) => part.level),
    mass: usual((part) => part.mass),
  };
}

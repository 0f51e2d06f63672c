import { median, timesLarger } from '../statistics';
import { isStraight, lengthOf, placeAt } from './lineGeometry';
import type { TracedLine } from './traceLines';

/** How far a line may be from where a rail goes on: by its thickness, and by the gap between them. */
const MAX_OFF = 0.6;
const MAX_OFF_GAP = 0.04;

/** A rail goes on beyond a gap of so many lengths of its usual part: one box of a row may be covered. */
const MAX_GAP = 1.6;

/** How much more or less ink across them the parts of a rail may have. */
const MAX_MASS_RATIO = 2.5;

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
  if (gap < -2 * last.thickness || gap > MAX_GAP * Math.max(usual, lengthOf(line))) return Infinity;
  if (timesLarger(line.mass, last.mass) > MAX_MASS_RATIO) return Infinity;
  const rail = joined(parts.slice(-3)); // a single short part tells little of the slope
  const middle = (line.from + last.to) / 2;
  const off = Math.abs(placeAt(line, middle) - placeAt(rail, middle));
  return off <= 1 + MAX_OFF * last.thickness + MAX_OFF_GAP * Math.max(gap, 0) ? off : Infinity;
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

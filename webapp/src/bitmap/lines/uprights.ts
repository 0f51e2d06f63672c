import type { Plane } from '../plane';
import { valueAt } from '../statistics';
import { placeAt, slopeOf } from './lineGeometry';
import { MIN_SEEN } from './pitch';
import type { TracedLine } from './traceLines';

/** A pixel is a line's if it is so dark, as a share of the upper and lower line's level. */
const MIN_LEVEL = 0.45;

/** Uprights slope so much more or less than the row's other lines say, as a tangent. */
const MAX_TURNED = 0.12;

/** A line is sure where so much of it shows, and where so much of it is no wider than a line. */
const MIN_SHOWN = 0.85;
const MIN_NARROW = 0.5;

/** Less of what may be a line. */
const MIN_LIKELY = 0.4;

/** Columns are of one line as long as they are so good, by its best. */
const MIN_OF_BEST = 0.7;

/** A line is no wider than this, by the upper and the lower line's thickness, and so many pixels. */
const MAX_WIDTH = 1.8;
const SPARE = 2;

/** A line is fitted to the rows in which it stands free, where they are this share of it. */
const MIN_FITTED = 0.3;

/** Ink lies on less of a line than the rest; where there is so much more than there, ink lies on it. */
const BARE = 0.3;
const MAX_MASS = 1.3;

/** A line is as thick as it is darker than this share of its level: blur widens it. */
const SKIRT = 0.25;

/** What may be an upright between an upper and a lower line. */
export interface Upright {
  /** Half-way between them. */
  readonly x: number;
  readonly slope: number;
  /** The share of its length in which it shows. */
  readonly shown: number;
  /** Whether it is a line from the upper to the lower one, and nothing else. */
  readonly isSure: boolean;
  /** Whether its line was fitted to rows in which no ink lies on it. */
  readonly isFitted: boolean;
  readonly line: TracedLine;
}

/**
 * Find what runs straight from an upper to a lower line: the profile of dark pixels along slanted columns (a Radon transform
 * of the strip between the two), where most of what is dark is as narrow as a line. Nothing where too few are sure for a row.
 */
export function findUprights(
  top: TracedLine,
  bottom: TracedLine,
  from: number,
  to: number,
  { width, height, data }: Plane<Int16Array>,
  background: number,
): Upright[] {
  const level = Math.min(top.level, bottom.level);
  const least = background + MIN_LEVEL * (level - background);
  const thickness = Math.max(top.thickness, bottom.thickness);
  const widest = Math.ceil(MAX_WIDTH * thickness + SPARE);
  const usual = -(slopeOf(top) + slopeOf(bottom)) / 2;
  const middle = (from + to) / 2;
  const high = placeAt(bottom, middle) - placeAt(top, middle);
  const rows = Math.max(4, Math.min(Math.round(high - 2 * thickness), 48));
  const steps = Math.ceil((MAX_TURNED * high) / 2);
  const turned = (2 * steps) / high;
  const first = Math.max(Math.floor(from - thickness - 2), 0);
  const count = Math.min(Math.ceil(to + thickness + 2), width - 1) - first + 1;
  if (count < 3) return [];
  const yTop = new Float32Array(count);
  const yBottom = new Float32Array(count);
  for (let k = 0; k < count; k++) {
    yTop[k] = placeAt(top, first + k) + top.thickness / 2 + 1;
    yBottom[k] = placeAt(bottom, first + k) - bottom.thickness / 2 - 1;
  }
  const runs = new Array<RowRuns | undefined>(height);
  const seen: RowRuns[] = [];
  const away = new Float64Array(rows); // from the column's middle
  /** See in how many rows a column may be dark at any slope, and in which; 0 where they are less than a share of all. */
  const seeRows = (k: number, share: number): number => {
    const [a, b] = [yTop[k] as number, yBottom[k] as number];
    const mid = (a + b) / 2;
    let dark = 0;
    for (let r = 0; r < rows; r++) {
      if (dark + rows - r < share * rows) return 0;
      const y = Math.round(a + ((b - a) * r) / (rows - 1));
      if (y < 0 || y >= height) continue;
      const row = runs[y] ?? runsOf(data.subarray(y * width, (y + 1) * width), least, widest);
      runs[y] = row;
      const one = Math.round(first + k + (usual - turned) * (y - mid));
      const other = Math.round(first + k + (usual + turned) * (y - mid));
      const left = Math.max(Math.min(one, other), 1);
      if (left + (row[left] as number) > Math.min(Math.max(one, other), width - 2)) continue;
      seen[dark] = row;
      away[dark++] = y - mid;
    }
    return dark < share * rows ? 0 : dark;
  };
  /** Of each column, at its best slope. */
  const shown = new Float32Array(count);
  const narrow = new Float32Array(count);
  const slopes = new Float32Array(count);
  const isSure = (k: number) => (shown[k] as number) >= MIN_SHOWN && (narrow[k] as number) >= MIN_NARROW;
  // First those that may be sure: ruled paper has few. Then all that a run of columns takes in: its least score is MIN_LIKELY.
  for (const share of [MIN_SHOWN, MIN_LIKELY / 2]) {
    let sure = 0;
    for (let k = 0; k < count; k++) {
      const seenIn = (shown[k] as number) > 0 ? 0 : seeRows(k, share);
      for (let step = -steps; seenIn > 0 && step <= steps; step++) {
        const slope = usual + (2 * step) / high;
        let dark = 0;
        let thin = 0;
        for (let r = 0; r < seenIn; r++) {
          const x = Math.round(first + k + slope * (away[r] as number));
          if (x < 1 || x >= width - 1) continue;
          const run = (seen[r] as RowRuns)[x] as number;
          if (run <= 0) dark++;
          if (run < 0) thin++;
        }
        const better = dark / rows + 0.2 * (thin / rows) - 0.01 * Math.abs(step);
        const before =
          (shown[k] as number) +
          0.2 * (narrow[k] as number) -
          (0.01 * Math.abs(((slopes[k] as number) - usual) * high)) / 2;
        if (better <= before) continue;
        shown[k] = dark / rows;
        narrow[k] = thin / rows;
        slopes[k] = slope;
      }
      if (isSure(k)) sure++;
    }
    if (sure < MIN_SEEN) return [];
  }
  const found: Upright[] = [];
  const score = (k: number) => (shown[k] ?? 0) + (narrow[k] ?? 0);
  for (let k = 0; k < count; ) {
    if ((shown[k] as number) < MIN_LIKELY || (narrow[k] as number) < MIN_LIKELY / 2) {
      k++;
      continue;
    }
    // A run of columns: its best ones' middle is the line.
    let end = k;
    let best = score(k);
    while (end + 1 < count && score(end + 1) >= Math.max(MIN_LIKELY, MIN_OF_BEST * best)) {
      end++;
      best = Math.max(best, score(end));
    }
    const good: number[] = [];
    for (let j = k; j <= end; j++) if (score(j) >= best - 0.1) good.push(j);
    const at = good[good.length >> 1] as number;
    const x = first + ((good[0] as number) + (good.at(-1) as number)) / 2;
    const slope = slopes[at] as number;
    const [a, b] = [Math.round((yTop[at] as number) - 1), Math.round((yBottom[at] as number) + 1)];
    const places = Float32Array.from({ length: b - a + 1 }, (_, r) => x + slope * (r - (b - a) / 2));
    const rough = { ...top, upright: true, from: a, to: b, places, thickness, level };
    const fitted = isSure(at) ? refine(rough, data, width, least, background) : null;
    const line = fitted ?? rough;
    const middle = line.places[(b - a) >> 1] as number;
    found.push({ x: middle, slope, shown: shown[at] as number, isSure: isSure(at), isFitted: fitted !== null, line });
    k = end + 1;
  }
  return found;
}

/** Of each pixel of a row, how far to its right the next dark one is: 0 where it is dark itself, -1 where its dark run is narrow. */
type RowRuns = Int32Array;

function runsOf(row: Int16Array, least: number, widest: number): RowRuns {
  const runs = new Int32Array(row.length);
  let next = row.length;
  for (let x = row.length - 1; x >= 0; ) {
    if ((row[x] as number) <= least) {
      runs[x] = next - x--;
      continue;
    }
    const end = x;
    while (x >= 0 && (row[x] as number) > least) x--;
    next = x + 1;
    if (end - x <= widest) runs.fill(-1, next, end + 1);
  }
  return runs;
}

/** A line in one row: its place in it, and how dark, how wide and how much it is there. */
interface Crossed {
  readonly row: number;
  readonly x: number;
  readonly most: number;
  readonly across: number;
  readonly mass: number;
}

/** The straight line that fits best through the middles of what is dark along a line, where no ink lies on it; null where that is too little. */
function refine(
  line: TracedLine,
  data: Int16Array,
  width: number,
  least: number,
  background: number,
): TracedLine | null {
  const beside = Math.ceil(line.thickness / 2 + 1);
  let fitted: TracedLine | null = null;
  for (let round = 0; round < 2; round++) {
    const { places, from }: TracedLine = fitted ?? line;
    const crossed = Array.from(places).flatMap((place, r): Crossed[] => {
      const middle = Math.round(place);
      const [first, last] = [middle - beside, middle + beside];
      const row = (from + r) * width;
      if (first < 1 || last >= width - 1 || (data[row + middle] as number) <= least) return [];
      // Where it goes on to a side, there is ink beside the line.
      if ((data[row + first - 1] as number) > least || (data[row + last + 1] as number) > least) return [];
      let [mass, moment, most, across] = [0, 0, 0, 0];
      for (let x = first; x <= last; x++) {
        const level = Math.max((data[row + x] as number) - background, 0);
        most = Math.max(most, level);
        mass += level;
        moment += level * x;
      }
      for (let x = first; x <= last; x++) if ((data[row + x] as number) - background > SKIRT * most) across++;
      return [{ row: r, x: moment / mass, most, across, mass }];
    });
    const masses = crossed.map(({ mass }) => mass);
    const usual = valueAt(masses, BARE) as number;
    const free = crossed.filter(({ mass }) => mass <= MAX_MASS * usual);
    if (free.length < MIN_FITTED * places.length) return fitted;
    const mean = (value: (one: Crossed) => number) => free.reduce((sum, one) => sum + value(one), 0) / free.length;
    const [middle, centre] = [mean(({ row }) => row), mean(({ x }) => x)];
    const spread = mean(({ row }) => (row - middle) ** 2);
    const slope = spread > 0 ? mean(({ row, x }) => (row - middle) * (x - centre)) / spread : 0;
    fitted = {
      ...line,
      places: places.map((_, r) => centre + slope * (r - middle)),
      level: background + mean(({ most }) => most),
      thickness: mean(({ across }) => across),
    };
  }
  return fitted;
}

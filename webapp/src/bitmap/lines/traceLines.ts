import type { Plane } from '../plane';
import { median } from '../statistics';

/** The steepest line: the tangent of 15 degrees. */
const MAX_SLOPE = 0.27;

/** A line shows in this share of its length; ink covers the rest. */
const MIN_VISIBLE = 0.5;

/** The shortest line, by the greatest thickness. */
const MIN_LENGTH = 2;

/** How far a line is followed under ink, and over bare paper, by the greatest thickness: strokes cross it, and print is broken. */
const MAX_COVERED = 8;
const MAX_BROKEN = 1;

/** So many pixels tell a line's slope; paper that is bent changes it over that length. */
const MEMORY = 32;
const MIN_MATURE = 8;

/** A thin, long run of ink that is nearly straight. It runs along one axis of the picture; `places` lie on the other. */
export interface TracedLine {
  /** Whether it runs from top to bottom: `from` and `to` are rows then, `places` columns; else the reverse. */
  readonly upright: boolean;
  /** The first and the last row. */
  readonly from: number;
  readonly to: number;
  /** The middle of the line in each of its rows. */
  readonly places: Float32Array;
  /** Pixels across. */
  readonly thickness: number;
  /** Its mean level where it shows. */
  readonly level: number;
  /** The sum of the levels across it, above the paper's: blur does not change it. */
  readonly mass: number;
}

/** A line that is being followed. */
interface Track {
  readonly from: number;
  readonly places: number[];
  last: number;
  place: number;
  slope: number;
  count: number;
  covered: number;
  broken: number;
  thickness: number;
  readonly levels: number[];
  readonly masses: number[];
}

/**
 * Trace thin lines from top to bottom, through ink that crosses them.
 *
 * In each row the pixels that are darker than what lies `reach`, or half of it, to both sides form runs; runs of successive rows are chained
 * (directional single-connected chains; Zheng, Liu, Ding and Pan, 2001) by a filter that predicts the next place (a Kalman
 * filter; Leplumey, Camillerapp and Queguiner, 1995), so that bent lines are followed and strokes are not.
 *
 * @param upright what the lines are to be called: the plane may be transposed.
 * @param reach the greatest thickness, in pixels.
 * @param contrast the least difference between a line and the paper beside it, in levels.
 * @param background the level of bare paper.
 */
export function traceLines(
  plane: Plane<Int16Array>,
  upright: boolean,
  reach: number,
  contrast: number,
  background: number,
): TracedLine[] {
  const { width, height, data } = plane;
  const found: TracedLine[] = [];
  const finish = (track: Track) => {
    const length = track.places.length;
    if (length < MIN_LENGTH * reach || track.count < MIN_VISIBLE * length) return;
    const places = Float32Array.from(track.places);
    if (Math.abs((places[length - 1] as number) - (places[0] as number)) > MAX_SLOPE * length) return;
    const { from, last, thickness } = track;
    // Not those of its end, which may lie in a stroke.
    const [level, mass] = [median(track.levels), median(track.masses)] as [number, number];
    found.push({ upright, from, to: last, places, thickness, level, mass });
  };
  const runAt = new Int32Array(width);
  const starts: number[] = [];
  const ends: number[] = [];
  let tracks: Track[] = [];
  for (let y = 0; y < height; y++) {
    for (let run = 0; run < starts.length; run++) runAt.fill(0, starts[run], ends[run]);
    const row = data.subarray(y * width, (y + 1) * width);
    findRuns(row, reach, contrast, background, starts, ends);
    for (let run = 0; run < starts.length; run++) runAt.fill(run + 1, starts[run], ends[run]);
    const going: Track[] = [];
    for (const track of tracks) {
      const run = matchingRun(track, y, runAt, starts, ends);
      if (run >= 0) {
        const [start, end] = [starts[run] as number, ends[run] as number];
        runAt.fill(0, start, end);
        advance(track, y, measure(start, end, row, background));
        ends[run] = start; // taken
        if (Math.abs(track.slope) <= MAX_SLOPE || track.count < 2 * MIN_MATURE) going.push(track);
        else finish(track);
        continue;
      }
      const at = Math.round(track.place + track.slope * (y - track.last));
      const isInk = at >= 0 && at < width && (data[y * width + at] as number) > background + contrast;
      if (isInk) track.covered++;
      else track.broken++;
      const mature = track.count >= MIN_MATURE;
      const lost = isInk
        ? track.covered > Math.min(MAX_COVERED * reach, track.count)
        : track.broken > (mature ? MAX_BROKEN * reach : 1);
      if (lost || at < 0 || at >= width) finish(track);
      else going.push(track);
    }
    for (let run = 0; run < starts.length; run++) {
      const [start, end] = [starts[run] as number, ends[run] as number];
      if (end === start) continue;
      const seen = measure(start, end, row, background);
      const { level, mass, ...rest } = seen;
      const fresh = { from: y, places: [seen.place], levels: [level], masses: [mass], last: y };
      going.push({ ...rest, ...fresh, slope: 0, count: 1, covered: 0, broken: 0 });
    }
    tracks = going;
  }
  for (const track of tracks) finish(track);
  return found;
}

/** Find the runs of pixels in a row that are darker than what lies on both sides; beyond the row is paper. */
function findRuns(
  row: Int16Array,
  reach: number,
  contrast: number,
  background: number,
  starts: number[],
  ends: number[],
): void {
  starts.length = 0;
  ends.length = 0;
  const { length } = row;
  const near = (reach + 1) >> 1; // where another line lies at `reach`
  let open = false;
  for (let x = 0; x < length; x++) {
    const least = (row[x] as number) - contrast;
    if (!open && least <= background) continue;
    const isLine =
      least > background &&
      (x < near || least > (row[x - near] as number) || x < reach || least > (row[x - reach] as number)) &&
      (x + near >= length ||
        least > (row[x + near] as number) ||
        x + reach >= length ||
        least > (row[x + reach] as number));
    if (isLine === open) continue;
    if (isLine) starts.push(x);
    else ends.push(x);
    open = isLine;
  }
  if (open) ends.push(length);
}

/** The run that goes on with a track; -1 where there is none. */
function matchingRun(track: Track, y: number, runAt: Int32Array, starts: number[], ends: number[]): number {
  const predicted = track.place + track.slope * (y - track.last);
  const mature = track.count >= MIN_MATURE;
  const tolerance = 1 + (mature ? 0.25 * track.thickness + 0.05 * (y - track.last) : 1);
  const at = Math.round(predicted);
  // The nearest first, the left one of two.
  for (let away = 0; Math.abs(away) <= tolerance; away = away < 0 ? -away : -1 - away) {
    const x = at + away;
    const run = x < 0 || x >= runAt.length ? -1 : (runAt[x] as number) - 1;
    if (run < 0) continue;
    const start = starts[run] as number;
    const end = ends[run] as number;
    if (Math.abs((start + end) / 2 - 0.5 - predicted) > tolerance) continue;
    if (mature && end - start > 1.6 * track.thickness + 1.5) continue;
    return run;
  }
  return -1;
}

/** What a run tells of its line. */
function measure(start: number, end: number, row: Int16Array, background: number) {
  let mass = 0;
  let level = background;
  for (let x = start; x < end; x++) {
    mass += (row[x] as number) - background;
    level = Math.max(level, row[x] as number);
  }
  return { place: (start + end) / 2 - 0.5, thickness: end - start, level, mass };
}

/** Take a run into a track: the least-squares line through the last places (a filter with a fading memory). */
function advance(track: Track, y: number, seen: ReturnType<typeof measure>): void {
  const step = y - track.last;
  const predicted = track.place + track.slope * step;
  const n = Math.min(++track.count, MEMORY);
  const error = seen.place - predicted;
  track.place = predicted + ((4 * n - 2) / (n * (n + 1))) * error;
  track.slope += ((6 / (n * (n + 1))) * error) / step;
  const before = track.places.at(-1) as number;
  const after = track.count < MIN_MATURE ? seen.place : track.place;
  for (let k = 1; k <= step; k++) track.places.push(before + ((after - before) * k) / step);
  track.last = y;
  track.covered = 0;
  track.broken = 0;
  const share = Math.max(1 / track.count, 1 / MEMORY);
  track.thickness += share * (seen.thickness - track.thickness);
  track.levels.push(seen.level);
  track.masses.push(seen.mass);
}

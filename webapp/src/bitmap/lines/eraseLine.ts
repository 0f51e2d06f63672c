import type { Plane } from '../plane';
import { valueAt } from '../statistics';
import { levelReader, placeAt } from './lineGeometry';
import { INK_RATIO } from './ruledLines';
import type { TracedLine } from './traceLines';

/** Directions in which strokes may cross a line: steps along it for each step across. */
const DIRECTIONS = [0, 0.3, -0.3, 0.7, -0.7, 1.2, -1.2];

/** Ink lies on less of a line than the rest; so many places tell its levels across. */
const BARE = 0.6;
const SAMPLES = 120;

/** The core of a line is so dark, as a share of its darkest level; what blur widens it by is less. */
const CORE = 0.5;

/** Where so much more is dark than the line, ink lies on it. */
const MIN_MASS = 1.25;

/**
 * Erase a line; strokes that cross it are mended: a pixel of the line takes the level of ink that lies on both of its sides
 * in some direction (directional inpainting, after Bertalmio et al., 2000). Ink much darker than the line is there, across
 * it, stays as it is: so does most of what touches the line's faint edges.
 *
 * @param levels changed in place.
 * @param background the level of bare paper.
 * @param noise its standard deviation.
 * @param isExact whether the line is where it is said to be, and as thick: then its edges are looked at.
 */
export function eraseLine(
  levels: Plane<Int16Array>,
  line: TracedLine,
  background: number,
  noise: number,
  isExact = false,
): void {
  const { width, height, data } = levels;
  const [along, across] = line.upright ? [height, width] : [width, height];
  const [stepAlong, stepAcross] = line.upright ? [width, 1] : [1, width];
  const half = Math.ceil(line.thickness / 2);
  const beyond = half + 1; // where lines meet, each goes on to the other's far side
  const levelAt = levelReader(levels, line.upright, background);
  const first = Math.max(line.from - beyond, 0);
  const last = Math.min(line.to + beyond, along - 1);
  const places = samplesOf(line);
  const profile = Array.from({ length: 2 * half + 1 }, (_, k) =>
    usual(places.map((i) => levelAt(i, Math.round(placeAt(line, i)) - half + k))),
  );
  const coveredBy = (level: number) => background + INK_RATIO * Math.max(level - background, 0) + 2 * noise;
  const [covered, coveredEdge] = [coveredBy(line.level), profile.map(coveredBy)];
  const core = background + CORE * (Math.max(...profile) - background);
  const coreFrom = isExact ? profile.findIndex((level) => level > core) : 0;
  const coreTo = isExact ? profile.findLastIndex((level) => level > core) : 2 * half;
  /** The sum of the levels across the line: where it runs a little aside that is the same. */
  const massAt = (i: number, start: number) =>
    profile.reduce((sum, _, k) => sum + Math.max(levelAt(i, start + k) - background, 0), 0);
  const mass = usual(places.map((i) => massAt(i, Math.round(placeAt(line, i)) - half)));
  /** Whether ink lies on an edge of the line: darker than the edge is, and beside the line too, or more than the line is wide. */
  const isInk = (i: number, start: number, k: number) => {
    const level = levelAt(i, start + k);
    if (level > covered) return true;
    if ((k >= coreFrom && k <= coreTo) || level <= (coveredEdge[k] as number)) return false;
    const beside = levelAt(i, k < coreFrom ? start - 1 : start + 2 * half + 1);
    return beside > background + CORE * (level - background) || massAt(i, start) > MIN_MASS * mass;
  };
  const inkAt = (i: number, j: number) => {
    const start = Math.round(placeAt(line, Math.round(i))) - half;
    const k = j - start;
    return k < 0 || k > 2 * half || isInk(i, start, k) ? levelAt(i, j) : background;
  };
  const rows: Int16Array[] = [];
  for (let i = first; i <= last; i++) {
    const start = Math.round(placeAt(line, i)) - half;
    rows.push(
      Int16Array.from(profile, (_, k) => {
        const level = levelAt(i, start + k);
        if (level <= background || isInk(i, start, k)) return level;
        const inCore = k >= coreFrom && k <= coreTo;
        const [before, after] = inCore ? [start + coreFrom - 1, start + coreTo + 1] : [start - 1, start + 2 * half + 1];
        let mended = background;
        for (const direction of DIRECTIONS) {
          const one = inkAt(i - direction * (start + k - before), before);
          if (one <= mended) continue; // so on most of a line
          mended = Math.max(mended, Math.min(one, inkAt(i + direction * (after - start - k), after)));
          if (mended >= level) break;
        }
        return Math.min(level, mended);
      }),
    );
  }
  // Written last: what is mended must not be taken for ink beside the rows that follow.
  for (let i = first; i <= last; i++) {
    const start = Math.round(placeAt(line, i)) - half;
    for (const [k, level] of (rows[i - first] as Int16Array).entries()) {
      const j = start + k;
      if (j >= 0 && j < across) data[i * stepAlong + j * stepAcross] = level;
    }
  }
}

/** Places along a line that tell how it is. */
function samplesOf({ from, to }: TracedLine): number[] {
  const step = Math.max(1, Math.floor((to - from + 1) / SAMPLES));
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, k) => from + k * step);
}

/** The value of a line where no ink lies on it. */
function usual(values: readonly number[]): number {
  return valueAt(values, BARE) as number;
}

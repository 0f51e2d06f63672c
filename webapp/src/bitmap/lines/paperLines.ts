import type { Plane } from '../plane';
import { median } from '../statistics';
import { findRuledLines, INK_RATIO, lineReach, type RuledLine, rowOf } from './ruledLines';
import type { TracedLine } from './traceLines';

/** The largest distance of a line from straight, in pixels: paper is never quite flat. */
const MAX_DEVIATION = 3;

/** The lines of ruled and squared paper. */
export interface PaperLines {
  readonly lines: readonly TracedLine[];
  /** The slope of those that run from left to right, as a tangent; null where there are none. */
  readonly slope: number | null;
}

/**
 * Find the lines of ruled and squared paper, however faint.
 *
 * @param turned the same, transposed.
 * @param background the level of bare paper.
 * @param noise its standard deviation.
 */
export function findPaperLines(
  levels: Plane<Int16Array>,
  turned: Plane<Int16Array>,
  background: number,
  noise: number,
): PaperLines {
  const contrast = Math.max(2.5 * noise, 6);
  const across = findRuledLines(levels, contrast);
  const uprights = findRuledLines(turned, contrast);
  const lines = [
    ...uprights.map((line) => trace(turned, line, true, background)),
    ...across.map((line) => trace(levels, line, false, background)),
  ].filter((line) => line !== null);
  return { lines, slope: median(across.map(({ slope }) => slope)) };
}

/** The line as it runs; null outside the picture. */
function trace(levels: Plane<Int16Array>, line: RuledLine, upright: boolean, background: number): TracedLine | null {
  const path = follow(levels, line);
  const onPath = levelsOn(levels, path).sort((a, b) => a - b);
  // Not the median: a digit's stroke may run along half of a line.
  const level = onPath[Math.floor(0.3 * onPath.length)];
  if (level === undefined) return null;
  const thickness = 2 * halfWidth(levels, path, level, background) + 1;
  return { upright, from: 0, to: path.length - 1, places: Float32Array.from(path), thickness, level, mass: 0 };
}

/** The row of the line in each column: the darkest one near the straight line and near its row in the column before. */
function follow({ width, height, data }: Plane<Int16Array>, line: RuledLine): Int32Array {
  let deviation = 0;
  return new Int32Array(width).map((_, x) => {
    const straight = rowOf(line, x, width);
    let best = deviation;
    let darkest = -Infinity;
    for (const step of [0, -1, 1]) {
      const tried = deviation + step;
      const y = straight + tried;
      if (Math.abs(tried) > MAX_DEVIATION || y < 0 || y >= height) continue;
      const level = data[y * width + x] as number;
      if (level > darkest + (step === 0 ? 0 : 1)) {
        darkest = level;
        best = tried;
      }
    }
    deviation = best;
    return straight + deviation;
  });
}

/** Pixels from the middle of the line to its upper and lower edge, on average, where no ink covers it. */
function halfWidth({ width, height, data }: Plane<Int16Array>, path: Int32Array, dark: number, background: number) {
  const reach = lineReach({ width, height, data });
  const contrast = dark - background;
  for (let half = 1; half < reach; half++) {
    let [bare, sum] = [0, 0];
    for (let x = 0; x < width; x++) {
      for (const y of [(path[x] as number) - half, (path[x] as number) + half]) {
        const above = y < 0 || y >= height ? Infinity : (data[y * width + x] as number) - background;
        if (above > INK_RATIO * contrast) continue;
        bare++;
        sum += above;
      }
    }
    if (!(sum / bare >= 0.3 * contrast)) return half - 1; // also where there is no bare level
  }
  return reach - 1;
}

/** The levels on a path, where that is inside the picture. */
function levelsOn({ width, height, data }: Plane<Int16Array>, path: Int32Array): number[] {
  const levels: number[] = [];
  for (let x = 0; x < path.length; x++) {
    const y = path[x] as number;
    if (y >= 0 && y < height) levels.push(data[y * width + x] as number);
  }
  return levels;
}

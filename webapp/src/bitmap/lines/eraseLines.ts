import { type Plane, transpose } from '../plane';
import { median } from '../statistics';
import { findRuledLines, INK_RATIO, lineReach, type RuledLine, rowOf } from './ruledLines';

/** The largest distance of a line from straight, in pixels: paper is never quite flat. */
const MAX_DEVIATION = 3;

/**
 * Erase the lines of ruled and squared paper from the picture; digits that they cross stay whole.
 *
 * @param levels changed in place.
 * @param background the level of bare paper.
 * @param noise its standard deviation.
 * @returns the slope of the lines that run from left to right, as a tangent; null where there are none.
 */
export function eraseLines(levels: Plane<Int16Array>, background: number, noise: number): number | null {
  const contrast = Math.max(2.5 * noise, 6);
  const across = findRuledLines(levels, contrast);
  const turned = transpose(levels);
  const upright = findRuledLines(turned, contrast);
  for (const line of upright) eraseLine(turned, line, background, noise);
  if (upright.length > 0) levels.data.set(transpose(turned).data);
  for (const line of across) eraseLine(levels, line, background, noise);
  return median(across.map(({ slope }) => slope));
}

function eraseLine(levels: Plane<Int16Array>, line: RuledLine, background: number, noise: number): void {
  const { width, height, data } = levels;
  const path = follow(levels, line);
  const onPath = levelsOn(levels, path).sort((a, b) => a - b);
  // Not the median: a digit's stroke may run along half of a line.
  const dark = onPath[Math.floor(0.3 * onPath.length)];
  if (dark === undefined) return;
  const half = halfWidth(levels, path, dark, background);
  const covered = background + INK_RATIO * (dark - background) + 2 * noise;
  for (const [x, y] of path.entries()) {
    const [above, below] = [y - half - 2, y + half + 2];
    if (below < 0 || above >= height) continue;
    const over = above >= 0 ? (data[above * width + x] as number) : background;
    const under = below < height ? (data[below * width + x] as number) : background;
    for (let row = Math.max(above + 1, 0); row <= Math.min(below - 1, height - 1); row++) {
      const i = row * width + x;
      const level = data[i] as number;
      if (level > covered) continue;
      const between = Math.floor(over + ((under - over) * (row - above)) / (below - above) + 0.5);
      data[i] = Math.min(level, between);
    }
  }
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
function halfWidth(levels: Plane<Int16Array>, path: Int32Array, dark: number, background: number): number {
  const reach = lineReach(levels);
  const contrast = dark - background;
  for (let half = 1; half < reach; half++) {
    const beside = [-half, half].flatMap((offset) => levelsOn(levels, path, offset));
    const bare = beside.map((level) => level - background).filter((above) => above <= INK_RATIO * contrast);
    const mean = bare.reduce((sum, above) => sum + above, 0) / bare.length;
    if (!(mean >= 0.3 * contrast)) return half - 1; // also where there is no bare level
  }
  return reach - 1;
}

/** The levels `offset` rows below a path, where that is inside the picture. */
function levelsOn({ width, height, data }: Plane<Int16Array>, path: Int32Array, offset = 0): number[] {
  return Array.from(path, (middle, x) => {
    const y = middle + offset;
    return y < 0 || y >= height ? [] : [data[y * width + x] as number];
  }).flat();
}

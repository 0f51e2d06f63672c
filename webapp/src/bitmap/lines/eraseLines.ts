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
  const onPath: number[] = [];
  for (const [x, y] of path.entries()) if (y >= 0 && y < height) onPath.push(data[y * width + x] as number);
  if (onPath.length === 0) return;
  // Not the median: a digit's stroke may run along half of a line.
  const dark = onPath.sort((a, b) => a - b)[Math.floor(0.3 * onPath.length)] as number;
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
  const { width, height, data } = levels;
  const reach = lineReach(levels);
  for (let half = 1; half < reach; half++) {
    let sum = 0;
    let count = 0;
    for (const [x, middle] of path.entries()) {
      for (const y of [middle - half, middle + half]) {
        if (y < 0 || y >= height) continue;
        const level = data[y * width + x] as number;
        if (level > background + INK_RATIO * (dark - background)) continue;
        sum += level - background;
        count++;
      }
    }
    if (count === 0 || sum / count < 0.3 * (dark - background)) return half - 1;
  }
  return reach - 1;
}

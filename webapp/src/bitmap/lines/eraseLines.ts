import type { Plane } from '../picture';
import { DARKER, findRuledLines, lineReach, type RuledLine } from './ruledLines';

/** How far a line may stray from straight, in pixels: paper is never quite flat. */
const STRAY = 3;

/**
 * Take the lines of ruled and squared paper out of the picture; digits that they cross stay whole.
 *
 * @param levels changed in place.
 * @param paper the level of bare paper.
 * @param grain its standard deviation.
 * @returns how the lines that run from left to right rise, or null where there are none.
 */
export function eraseLines(levels: Plane<Int16Array>, paper: number, grain: number): number | null {
  const contrast = Math.max(2.5 * grain, 6);
  const across = findRuledLines(levels, contrast);
  const turned = transpose(levels);
  const upright = findRuledLines(turned, contrast);
  if (upright.length > 0) {
    for (const line of upright) eraseLine(turned, line, paper, grain);
    levels.data.set(transpose(turned).data);
  }
  for (const line of across) eraseLine(levels, line, paper, grain);
  if (across.length === 0) return null;
  const slopes = across.map(({ slope }) => slope).sort((a, b) => a - b);
  return slopes[slopes.length >> 1] as number;
}

function transpose({ width, height, data }: Plane<Int16Array>): Plane<Int16Array> {
  const turned = new Int16Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) turned[x * height + y] = data[y * width + x] as number;
  }
  return { width: height, height: width, data: turned };
}

function eraseLine(levels: Plane<Int16Array>, line: RuledLine, paper: number, grain: number): void {
  const { width, height, data } = levels;
  const reach = lineReach(levels);
  const path = follow(levels, line);
  const seen: number[] = [];
  for (let x = 0; x < width; x++) {
    const y = path[x] as number;
    if (y >= 0 && y < height) seen.push(data[y * width + x] as number);
  }
  if (seen.length === 0) return;
  // Not the median: a digit's stroke may run along half of a line.
  const dark = seen.sort((a, b) => a - b)[Math.floor(0.3 * seen.length)] as number;
  const half = halfWidth(levels, path, dark, paper, reach);
  const covered = paper + DARKER * (dark - paper) + 2 * grain;
  for (let x = 0; x < width; x++) {
    const y = path[x] as number;
    const [above, below] = [y - half - 2, y + half + 2];
    if (below < 0 || above >= height) continue;
    const over = above >= 0 ? (data[above * width + x] as number) : paper;
    const under = below < height ? (data[below * width + x] as number) : paper;
    for (let row = Math.max(above + 1, 0); row <= Math.min(below - 1, height - 1); row++) {
      const i = row * width + x;
      const level = data[i] as number;
      if (level > covered) continue;
      const between = Math.floor(over + ((under - over) * (row - above)) / (below - above) + 0.5);
      data[i] = Math.min(level, between);
    }
  }
}

/** The row of the line in each column: where it is darkest, near where it should be and near where it was. */
function follow({ width, height, data }: Plane<Int16Array>, { middle, slope }: RuledLine): Int32Array {
  const path = new Int32Array(width);
  let stray = 0;
  for (let x = 0; x < width; x++) {
    const straight = Math.floor(middle + slope * (x + 0.5 - width / 2));
    let best = stray;
    let darkest = -Infinity;
    for (const step of [0, -1, 1]) {
      const away = stray + step;
      const y = straight + away;
      if (Math.abs(away) > STRAY || y < 0 || y >= height) continue;
      const level = data[y * width + x] as number;
      if (level > darkest + (step === 0 ? 0 : 1)) {
        darkest = level;
        best = away;
      }
    }
    stray = best;
    path[x] = straight + stray;
  }
  return path;
}

/** Pixels from the middle of the line to where it ends, up and down, as it is on average where no ink covers it. */
function halfWidth(
  { width, height, data }: Plane<Int16Array>,
  path: Int32Array,
  dark: number,
  paper: number,
  reach: number,
): number {
  for (let half = 1; half < reach; half++) {
    let sum = 0;
    let count = 0;
    for (let x = 0; x < width; x++) {
      for (const y of [(path[x] as number) - half, (path[x] as number) + half]) {
        if (y < 0 || y >= height) continue;
        const level = data[y * width + x] as number;
        if (level > paper + DARKER * (dark - paper)) continue;
        sum += level - paper;
        count++;
      }
    }
    if (count === 0 || sum / count < 0.3 * (dark - paper)) return half - 1;
  }
  return reach - 1;
}

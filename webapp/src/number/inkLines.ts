import { overlapping } from '../box';
import type { Ink } from '../ink';
import { heightOf, strokeBoxes } from './measureStrokes';

/** Lower lines, by the highest one, are not lines: a flag, a bar or a dot. */
const MIN_HEIGHT = 0.5;

/**
 * Lines of ink that stand clearly one below the other: places of strokes, ascending, line by line from the top. All of the
 * ink is one line where there is no clear stripe of paper between lines, or where a line would be too low.
 *
 * @throws TypeError where a point is not a pair of finite numbers.
 */
export function inkLines(ink: Ink): number[][] {
  const lines = overlapping(strokeBoxes(ink), ({ box: { y, height } }) => [y, y + height]);
  const heights = lines.map(heightOf);
  if (lines.length < 2 || Math.min(...heights) < MIN_HEIGHT * Math.max(...heights)) return [[...ink.keys()]];
  return lines.map((line) => line.map(({ index }) => index).sort((one, other) => one - other));
}

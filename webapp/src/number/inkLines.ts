import { around, type Box, overlapping, overlapX, overlapY } from '../box';
import type { Ink } from '../ink';
import { strokeBoxes } from './measureStrokes';

/** What is lower, by the highest line, is no line: a flag, a bar or a dot. It belongs to the nearest one. */
const MIN_HEIGHT = 0.5;

/** What stands alone below other ink is a rule if it is at least so wide, by the highest line, and at most so high, by its width. */
const MIN_RULE_WIDTH = 1.2;
const MAX_RULE_HEIGHT = 0.12;

/**
 * Lines of ink that stand clearly one below the other: places of strokes, ascending, line by line from the top. All of the
 * ink is one line where there is no clear stripe of paper between lines, or where they climb like stairs. Rules below
 * a number or a sum are left out.
 *
 * @throws TypeError where a point is not a pair of finite numbers.
 */
export function inkLines(ink: Ink): number[][] {
  const groups = overlapping(strokeBoxes(ink), ({ box: { y, height } }) => [y, y + height]).map((strokes) => ({
    strokes: strokes.map(({ index }) => index),
    box: strokes.map(({ box }) => box).reduce(around),
  }));
  const highest = Math.max(...groups.map(({ box }) => box.height));
  const isRule = ({ width, height }: Box) => width >= MIN_RULE_WIDTH * highest && height <= MAX_RULE_HEIGHT * width;
  const written = groups.filter(({ box }, i) => i === 0 || !isRule(box)); // above, it is the flag of a 5
  const lines = written.map(({ box }) => box).filter(({ height }) => height >= MIN_HEIGHT * highest);
  const together = lines.slice(1).some((line, i) => overlapX(line, lines[i] as Box) > 0);
  const found = together ? lines : lines.slice(0, 1);
  return found.map((line) => {
    const own = written.filter(({ box }) => nearest(box, found) === line);
    return own.flatMap(({ strokes }) => strokes).sort((one, other) => one - other);
  });
}

function nearest(box: Box, lines: readonly Box[]): Box {
  return lines.reduce((one, other) => (overlapY(other, box) > overlapY(one, box) ? other : one));
}

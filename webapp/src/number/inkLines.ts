import { type Ink, inkBounds } from '../ink';

/** Lower lines, by the highest one, are not lines: a flag, a bar or a dot. */
const MIN_HEIGHT = 0.5;

/**
 * Lines of ink that stand clearly one below the other: places of strokes, ascending, line by line from the top. All of the
 * ink is one line where there is no clear stripe of paper between lines, or where a line would be too low.
 *
 * @throws TypeError where a point is not a pair of finite numbers.
 */
export function inkLines(ink: Ink): number[][] {
  const boxes = ink.flatMap((stroke, index) => {
    const box = inkBounds([stroke]);
    return box ? [{ index, top: box.y, bottom: box.y + box.height }] : [];
  });
  const lines: { strokes: number[]; top: number; bottom: number }[] = [];
  for (const { index, top, bottom } of boxes.sort((one, other) => one.top - other.top)) {
    const last = lines.at(-1);
    if (last && top <= last.bottom) {
      last.strokes.push(index);
      last.bottom = Math.max(last.bottom, bottom);
    } else lines.push({ strokes: [index], top, bottom });
  }
  const heights = lines.map(({ top, bottom }) => bottom - top);
  if (lines.length < 2 || Math.min(...heights) < MIN_HEIGHT * Math.max(...heights)) return [[...ink.keys()]];
  return lines.map(({ strokes }) => strokes.sort((one, other) => one - other));
}

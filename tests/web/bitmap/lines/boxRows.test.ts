import { expect, test } from 'vitest';
import { findBoxRows } from '../../../../webapp/src/bitmap/lines/boxRows';
import { traceLines } from '../../../../webapp/src/bitmap/lines/traceLines';
import { transpose } from '../../../../webapp/src/bitmap/plane';

const [WIDTH, HEIGHT, PITCH] = [460, 140, 80];
const [REACH, CONTRAST] = [10, 10];

test('a line that lies on two rows of pixels is as dark as the darker one', () => {
  const isWithin = (x: number) => x >= 30 && x <= 30 + 5 * PITCH;
  const levelAt = (x: number, y: number) => {
    if (!isWithin(x) || y < 20 || y > 121) return 0;
    if (y === 20 || y === 120) return 76;
    if (y === 21 || y === 121) return 30;
    return (x - 30) % PITCH === 0 ? 76 : 0;
  };
  const data = Int16Array.from({ length: WIDTH * HEIGHT }, (_, i) => levelAt(i % WIDTH, Math.floor(i / WIDTH)));
  const levels = { width: WIDTH, height: HEIGHT, data };
  const traced = [
    ...traceLines(levels, true, REACH, CONTRAST, 0),
    ...traceLines(transpose(levels), false, REACH, CONTRAST, 0),
  ];
  const { exact } = findBoxRows(traced, levels, REACH, 0);
  const rails = exact.filter(({ upright }) => !upright);
  expect(rails.map(({ level, thickness }) => [level, thickness])).toEqual([
    [76, 2],
    [76, 2],
  ]);
});

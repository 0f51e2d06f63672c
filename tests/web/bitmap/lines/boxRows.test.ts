import { expect, test } from 'vitest';
import { findBoxRows } from '../../../../webapp/src/bitmap/lines/boxRows';
import { traceLines } from '../../../../webapp/src/bitmap/lines/traceLines';
import { transpose } from '../../../../webapp/src/bitmap/plane';

const [WIDTH, HEIGHT, PITCH] = [460, 140, 80];
const [REACH, CONTRAST] = [10, 10];

/** Five boxes whose upper and lower sides lie on two rows of pixels, the first the darker one. */
function boxAt(x: number, y: number): number {
  if (x < 30 || x > 30 + 5 * PITCH || y < 20 || y > 121) return 0;
  if (y === 20 || y === 120) return 76;
  if (y === 21 || y === 121) return 30;
  return (x - 30) % PITCH === 0 ? 76 : 0;
}

/** The lines of the boxes, with ink. */
function linesWith(inkAt: (x: number, y: number) => number) {
  const levelAt = (x: number, y: number) => Math.max(boxAt(x, y), inkAt(x, y));
  const data = Int16Array.from({ length: WIDTH * HEIGHT }, (_, i) => levelAt(i % WIDTH, Math.floor(i / WIDTH)));
  const levels = { width: WIDTH, height: HEIGHT, data };
  const traced = [
    ...traceLines(levels, true, REACH, CONTRAST, 0),
    ...traceLines(transpose(levels), false, REACH, CONTRAST, 0),
  ];
  const { exact } = findBoxRows(traced, levels, REACH, 0);
  return { rails: exact.filter(({ upright }) => !upright), sides: exact.filter(({ upright }) => upright) };
}

test('a line that lies on two rows of pixels is as dark as the darker one', () => {
  const { rails } = linesWith(() => 0);
  expect(rails.map(({ level, thickness }) => [level, thickness])).toEqual([
    [76, 2],
    [76, 2],
  ]);
});

test('ink that runs along a side leads it neither aside nor makes it thick', () => {
  const side = 30 + 2 * PITCH;
  const { sides } = linesWith((x, y) => (x > side && x <= side + 4 && y > 22 && y < 82 ? 180 : 0));
  const places = sides.map(({ places }) => places[places.length >> 1] as number).sort((a, b) => a - b);
  expect(places.length).toBe(6);
  for (const [i, place] of places.entries()) expect(Math.abs(place - 30 - i * PITCH)).toBeLessThan(0.3);
  expect(Math.max(...sides.map(({ thickness }) => thickness))).toBeLessThan(2);
});

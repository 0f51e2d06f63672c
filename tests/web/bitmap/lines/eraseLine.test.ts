import { expect, test } from 'vitest';
import { eraseLine } from '../../../../webapp/src/bitmap/lines/eraseLine';

const [WIDTH, HEIGHT] = [100, 40];
const LINE = {
  upright: false,
  from: 0,
  to: 99,
  places: new Float32Array(100).fill(20),
  thickness: 2,
  level: 180,
  mass: 260,
};

/** What is left at a place after a blurred line in row 20 is erased from ink that touches it from below. */
function erased(ink: (x: number, y: number) => boolean, isExact: boolean): (x: number, y: number) => number {
  const line = (y: number) => (y === 20 ? 180 : Math.abs(y - 20) === 1 ? 40 : 0);
  const data = Int16Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
    return ink(x, y) ? 180 : line(y);
  });
  eraseLine({ width: WIDTH, height: HEIGHT, data }, LINE, 0, 1, isExact);
  return (x, y) => data[y * WIDTH + x] as number;
}

const below = (x: number, y: number) => x >= 40 && x < 60 && y > 20 && y < 27;

test('ink on the faint edge of a line stays where the line is known, and the line goes', () => {
  const level = erased(below, true);
  expect(level(50, 21)).toBe(180);
  for (const x of [10, 50, 90]) expect([level(x, 19), level(x, 20)]).toEqual([0, 0]);
  expect(level(10, 21)).toBe(0);
});

test('a thin stroke along the edge of a line stays, too', () => {
  const level = erased((x, y) => x >= 40 && x < 60 && y === 21, true);
  expect(level(50, 21)).toBe(180);
});

test('where its place is not sure, all of the line goes', () => {
  const level = erased(below, false);
  expect(level(50, 21)).toBe(0);
  expect(level(50, 22)).toBe(180);
});

test('a stroke that crosses a line is mended', () => {
  for (const isExact of [true, false]) {
    const level = erased((x) => x >= 40 && x < 44, isExact);
    for (const y of [18, 19, 20, 21, 22]) expect(level(42, y)).toBe(180);
    expect(level(50, 20)).toBe(0);
  }
});

import { expect, test } from 'vitest';
import { traceLines } from '../../../../webapp/src/bitmap/lines/traceLines';
import { transpose } from '../../../../webapp/src/bitmap/plane';

test('a line has the level and the mass of most of it, not those of the stroke that it ends in', () => {
  const [width, height] = [460, 60];
  const levelAt = (x: number, y: number) => {
    const [half, level] = x > 400 ? [1, 160] : [0, 76];
    return x >= 30 && x <= 430 && Math.abs(y - 20) <= half ? level : 0;
  };
  const data = Int16Array.from({ length: width * height }, (_, i) => levelAt(i % width, Math.floor(i / width)));
  const [line, ...others] = traceLines(transpose({ width, height, data }), false, 10, 10, 0);
  expect(others).toEqual([]);
  expect(line).toMatchObject({ from: 30, to: 430, level: 76, mass: 76 });
});

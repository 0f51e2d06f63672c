import { expect, test } from 'vitest';
import { traceLines } from '../../../../webapp/src/bitmap/lines/traceLines';
import { transpose } from '../../../../webapp/src/bitmap/plane';

test('a line has the mass of most of it, not that of the stroke that it ends in', () => {
  const [width, height] = [460, 60];
  const levelAt = (x: number, y: number) => {
    const half = x > 400 ? 1 : 0;
    return x >= 30 && x <= 430 && Math.abs(y - 20) <= half ? 76 : 0;
  };
  const data = Int16Array.from({ length: width * height }, (_, i) => levelAt(i % width, Math.floor(i / width)));
  const [line, ...others] = traceLines(transpose({ width, height, data }), false, 10, 10, 0);
  expect(others).toEqual([]);
  expect(line).toMatchObject({ from: 30, to: 430, mass: 76 });
});

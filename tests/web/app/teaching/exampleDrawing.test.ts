import { expect, test } from 'vitest';
import { shapeOf } from '../../../../webapp/src/app/teaching/exampleDrawing';

test('ink stands in the middle of a square, whatever its size', () => {
  const box = (scale: number) =>
    shapeOf({ ink: [[[scale, 2 * scale], [2 * scale, 4 * scale]], [[scale, 3 * scale]]] }); // biome-ignore format: points
  const { viewBox, paths } = box(1);
  const [left = 0, top = 0, width = 0, height = 0] = viewBox.split(' ').map(Number);
  expect([left + width / 2, top + height / 2]).toEqual([1.5, 3]);
  expect(width).toBe(height);
  expect(width).toBeGreaterThan(2);
  expect(paths).toEqual(['M1,2L2,4', 'M1,3L1,3']); // a dot is a line of no length, which round ends show
  expect(box(0.1).width / Number(box(0.1).viewBox.split(' ')[2])).toBeCloseTo(box(1).width / width);
});

test('a picture becomes runs of ink, more of them for darker ink', () => {
  const pixels = Array.from({ length: 784 }, () => 0);
  pixels.fill(255, 28 * 3 + 5, 28 * 3 + 9);
  pixels[28 * 27 + 27] = 100;
  expect(shapeOf({ pixels }).paths).toEqual(['M5 3.5H9M27 27.5H28', 'M5 3.5H9M27 27.5H28', 'M5 3.5H9', 'M5 3.5H9']);
});

import { expect, test } from 'vitest';
import { IMAGE_SIZE, type Ink, rasterizeInk } from '../../../webapp/src/ink';
import { AUGMENTATIONS, augment } from '../../../webapp/src/learning/augmentations';

const SEVEN: Ink = [[[0.2, 0.1], [0.7, 0.1], [0.4, 0.9]], [[0.3, 0.5], [0.6, 0.5]]]; // biome-ignore format: points
const ink = { id: 'a', ink: SEVEN };
const pixels = { id: 'b', pixels: Array.from(rasterizeInk(SEVEN), (level) => Math.round(level * 255)) };
const all = Array.from({ length: AUGMENTATIONS }, (_, number) => number);

/** The moments of an image about its middle of mass: that middle, and how far x goes with y. */
function moments(image: Float32Array): { x: number; y: number; slant: number; width: number; height: number } {
  const sum = (of: (x: number, y: number) => number) =>
    image.reduce((all, level, i) => all + level * of((i % IMAGE_SIZE) + 0.5, Math.floor(i / IMAGE_SIZE) + 0.5), 0);
  const mass = sum(() => 1);
  const [x, y] = [sum((at) => at) / mass, sum((_, at) => at) / mass];
  const [xx, yy] = [sum((at) => (at - x) ** 2), sum((_, at) => (at - y) ** 2)];
  return { x, y, slant: sum((a, b) => (a - x) * (b - y)) / yy, width: Math.sqrt(xx), height: Math.sqrt(yy) };
}

test('the first is the drawing itself', () => {
  expect(augment(ink, 0)).toEqual(rasterizeInk(SEVEN));
  expect(augment(pixels, 0)).toEqual(rasterizeInk(SEVEN));
});

test('the others come in pairs: slanted, turned and stretched, one way and the other', () => {
  for (const drawing of [ink, pixels]) {
    const shapes = all.map((number) => moments(augment(drawing, number)));
    const [slant, right, left, turned, back] = shapes.map((shape) => shape.slant) as [number, ...number[]];
    expect(right).toBeGreaterThan(slant + 0.1);
    expect(left).toBeLessThan(slant - 0.1);
    expect(turned).toBeLessThan(slant - 0.05);
    expect(back).toBeGreaterThan(slant + 0.05);
    const ratios = shapes.map(({ width, height }) => width / height) as [number, ...number[]];
    expect(ratios[5]).toBeGreaterThan(1.1 * ratios[0]);
    expect(ratios[6]).toBeLessThan(0.9 * ratios[0]);
  }
});

test('pixels are varied much as ink is, and stay in the middle', () => {
  for (const number of all) {
    const [drawn, warped] = [augment(ink, number), augment(pixels, number)];
    const { x, y } = moments(warped);
    expect(Math.hypot(x - IMAGE_SIZE / 2, y - IMAGE_SIZE / 2)).toBeLessThan(1);
    expect(Math.max(...warped)).toBeLessThanOrEqual(1);
    const product = drawn.reduce((sum, level, i) => sum + level * (warped[i] as number), 0);
    expect(product / Math.hypot(...drawn) / Math.hypot(...warped)).toBeGreaterThan(0.8);
  }
});

test('neither ink nor a picture of a digit is refused', () => {
  expect(() => augment({ id: 'c' }, 0)).toThrow('The example c has neither ink nor 784 pixels.');
  expect(() => augment({ id: 'd', pixels: [1, 2] }, 3)).toThrow('The example d has neither ink nor 784 pixels.');
});

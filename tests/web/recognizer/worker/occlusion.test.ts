import { expect, test } from 'vitest';
import { coveredImages, heatOf, inkPlaces } from '../../../../webapp/src/recognizer/worker/occlusion';

const PIXELS = 784;
const at = (x: number, y: number) => y * 28 + x;

/** Ten probabilities: of these digits, and what is left for each of the others. */
function probabilities(some: Record<number, number>): Float32Array {
  const rest = (1 - Object.values(some).reduce((sum, one) => sum + one, 0)) / (10 - Object.keys(some).length);
  return Float32Array.from({ length: 10 }, (_, digit) => some[digit] ?? rest);
}

test('only ink is covered, each pixel with a square of five around it, and edges hold', () => {
  const pixels = new Float32Array(PIXELS).fill(0);
  for (const place of [at(0, 0), at(10, 10), at(13, 10)]) pixels[place] = 0.5;
  const places = inkPlaces(pixels);
  expect(places).toEqual([at(0, 0), at(10, 10), at(13, 10)]);

  const full = new Float32Array(PIXELS).fill(1);
  const covered = coveredImages(full, [at(0, 0), at(10, 20), at(27, 27)]);
  const squares = [
    [0, 0, 2, 2],
    [8, 18, 12, 22],
    [25, 25, 27, 27],
  ] as const;
  for (const [i, [left, top, right, bottom]] of squares.entries()) {
    const image = covered.subarray(i * PIXELS, (i + 1) * PIXELS);
    for (const [place, level] of image.entries()) {
      const [x, y] = [place % 28, Math.floor(place / 28)];
      expect(level).toBe(x >= left && x <= right && y >= top && y <= bottom ? 0 : 1);
    }
  }
  expect(full).toEqual(new Float32Array(PIXELS).fill(1));
});

test('the heat is the fall of each digit’s log-odds, at the pixel that was covered', () => {
  const whole = probabilities({ 4: 0.9, 9: 0.05 });
  const places = [7, 400, 783];
  // In two batches: the first place makes no difference, the second takes the 4 away, the third one makes it surer.
  const first = Float32Array.of(...whole, ...probabilities({ 4: 0.1, 9: 0.85 }));
  const heat = heatOf(whole, places, [first, probabilities({ 4: 0.99, 9: 0.001 })]);
  const of = (digit: number, place: number) => heat[digit * PIXELS + place];
  expect(heat).toHaveLength(10 * PIXELS);
  expect(of(4, 7)).toBe(0);
  expect(of(4, 400)).toBeCloseTo(Math.log(9) - Math.log(1 / 9), 4);
  expect(of(9, 400)).toBeCloseTo(Math.log(0.05 / 0.95) - Math.log(0.85 / 0.15), 4);
  expect(of(4, 783)).toBeCloseTo(Math.log(9) - Math.log(99), 4);
  expect(heat.filter((value) => value !== 0)).toHaveLength(20); // of two places
});

test('certainty is told apart beyond the last digit that 1 minus a float32 has, and stays finite', () => {
  const certain = Float32Array.of(1, 1e-9, 0, 0, 0, 0, 0, 0, 0, 0);
  const surer = Float32Array.of(1, 1e-11, 0, 0, 0, 0, 0, 0, 0, 0);
  const none = Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  const heat = heatOf(certain, [5, 6], [Float32Array.of(...surer, ...none)]);
  expect(heat[5]).toBeCloseTo(-Math.log(100), 4);
  expect(heat[6]).toBeCloseTo(-Math.log(1000), 4);
  expect(heat.every(Number.isFinite)).toBe(true);
});

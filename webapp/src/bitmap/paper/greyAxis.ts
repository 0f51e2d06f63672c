import type { Picture } from '../picture';

/** So many pixels are enough to tell a picture's colours. */
const SAMPLES = 20_000;

/** Luma counts, unless the colours differ so many times as much along another axis (in standard deviations) ... */
const MIN_GAIN = 4;

/** ... and by so many levels. */
const MIN_DEVIATION = 5;

/** Power iterations that find the axis, far more than it needs. */
const ROUNDS = 20;

/**
 * The direction in which a picture's colours differ most (the first principal component; Pearson, 1901), where luma hardly
 * tells them apart: red ink on an equally bright green. Null where luma does. Levels along it are
 * `127.5 + axis · (colour - mean)`.
 */
export function greyAxis({ data }: Picture, luma: Uint8Array): { axis: number[]; mean: number[] } | null {
  const stride = Math.max(1, Math.floor(luma.length / SAMPLES));
  const sums = [0, 0, 0];
  const products = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  let [n, lumaSum, lumaSquares] = [0, 0, 0];
  for (let i = 0; i < luma.length; i += stride) {
    const level = luma[i] as number;
    lumaSum += level;
    lumaSquares += level * level;
    n++;
    for (let a = 0; a < 3; a++) {
      const one = data[4 * i + a] as number;
      sums[a] = (sums[a] as number) + one;
      for (let b = 0; b < 3; b++)
        products[3 * a + b] = (products[3 * a + b] as number) + one * (data[4 * i + b] as number);
    }
  }
  const mean = sums.map((sum) => sum / n);
  const covariance = products.map((p, k) => p / n - (mean[Math.floor(k / 3)] as number) * (mean[k % 3] as number));
  const { axis, variance } = largestComponent(covariance);
  const lumaVariance = Math.max(lumaSquares / n - (lumaSum / n) ** 2, 0);
  if (variance < MIN_DEVIATION ** 2 || variance < MIN_GAIN ** 2 * lumaVariance) return null;
  return { axis, mean };
}

/** The eigenvector of the largest eigenvalue of a 3×3 matrix, of length 1, and this eigenvalue. */
function largestComponent(matrix: readonly number[]): { axis: number[]; variance: number } {
  let axis = [0.9, -0.4, 0.2]; // not grey, and at a right angle to no common pair of colours
  let variance = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const next = [0, 1, 2].map((a) => axis.reduce((sum, part, b) => sum + part * (matrix[3 * a + b] as number), 0));
    variance = Math.hypot(...next);
    if (variance === 0) break;
    axis = next.map((part) => part / variance);
  }
  return { axis, variance };
}

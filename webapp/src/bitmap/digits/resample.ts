import type { SoftInk } from '../pieces/softInk';

/** Lobes of the filter to each side. */
const LOBES = 3;

/**
 * Bring ink to another size by Lanczos resampling (Duchon, 1979), as Pillow does it: rows first, then columns; where the
 * result is smaller the filter is widened, so that every pixel counts. What rings below 0 is cut off.
 */
export function resample(ink: SoftInk, width: number, height: number): SoftInk {
  const across = weights(ink.width, width);
  const rows = new Float64Array(width * ink.height);
  for (let y = 0; y < ink.height; y++) {
    for (let x = 0; x < width; x++) {
      const { first, shares } = across[x] as Weights;
      let sum = 0;
      for (let k = 0; k < shares.length; k++)
        sum += (shares[k] as number) * (ink.data[y * ink.width + first + k] as number);
      rows[y * width + x] = sum;
    }
  }
  const down = weights(ink.height, height);
  const data = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    const { first, shares } = down[y] as Weights;
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < shares.length; k++) sum += (shares[k] as number) * (rows[(first + k) * width + x] as number);
      data[y * width + x] = Math.max(sum, 0);
    }
  }
  return { width, height, data };
}

interface Weights {
  readonly first: number;
  readonly shares: Float64Array;
}

function weights(from: number, to: number): Weights[] {
  const scale = from / to;
  const wide = Math.max(scale, 1);
  const support = LOBES * wide;
  return Array.from({ length: to }, (_, i) => {
    const middle = (i + 0.5) * scale;
    const first = Math.max(Math.trunc(middle - support + 0.5), 0);
    const last = Math.min(Math.trunc(middle + support + 0.5), from);
    const shares = Float64Array.from({ length: last - first }, (_, k) => lanczos((k + first - middle + 0.5) / wide));
    const sum = shares.reduce((total, share) => total + share, 0);
    return { first, shares: shares.map((share) => share / sum) };
  });
}

function lanczos(x: number): number {
  return Math.abs(x) < LOBES ? sinc(x) * sinc(x / LOBES) : 0;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

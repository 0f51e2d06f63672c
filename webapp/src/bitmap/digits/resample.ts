import { type SoftInk, transpose } from '../plane';

/** Lobes of the filter to each side. */
const LOBES = 3;

/**
 * Bring ink to another size by Lanczos resampling (Duchon, 1979), as Pillow does it: rows first, then columns. Where the
 * result is smaller, the filter is widened, so that every pixel counts. Values below 0 (ringing) become 0.
 */
export function resample(ink: SoftInk, width: number, height: number): SoftInk {
  const narrowed = resampleRows(ink, width);
  const resampled = transpose(resampleRows(transpose(narrowed), height));
  for (let i = 0; i < resampled.data.length; i++) {
    if ((resampled.data[i] as number) < 0) resampled.data[i] = 0;
  }
  return resampled;
}

function resampleRows(ink: SoftInk, width: number): SoftInk {
  const weights = filterWeights(ink.width, width);
  const data = new Float64Array(width * ink.height);
  for (let x = 0; x < width; x++) {
    const { first, shares } = weights[x] as Weights;
    for (let y = 0; y < ink.height; y++) {
      const from = y * ink.width + first;
      let sum = 0;
      for (let k = 0; k < shares.length; k++) sum += (shares[k] as number) * (ink.data[from + k] as number);
      data[y * width + x] = sum;
    }
  }
  return { width, height: ink.height, data };
}

/** The first place that counts, and the shares of this and the following ones. */
interface Weights {
  readonly first: number;
  readonly shares: Float64Array;
}

/** For each of `to` places those of the `from` places that count. */
function filterWeights(from: number, to: number): Weights[] {
  const scale = from / to;
  const stretch = Math.max(scale, 1);
  const support = LOBES * stretch;
  return Array.from({ length: to }, (_, i) => {
    const middle = (i + 0.5) * scale;
    const first = Math.max(Math.trunc(middle - support + 0.5), 0);
    const last = Math.min(Math.trunc(middle + support + 0.5), from);
    const shares = Float64Array.from({ length: last - first }, (_, k) => lanczos((k + first - middle + 0.5) / stretch));
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

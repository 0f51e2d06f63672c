import { invert, type Plane } from '../plane';

/**
 * The morphological closing (Serra, 1982) of grey levels by a square: what is dark and narrower than the square gets the
 * level of what surrounds it. First the brightest level within `reach` pixels on all four sides, then of these the darkest.
 *
 * @param reach half of the square's side, in whole pixels, without the middle one. Pixels beyond the edge don't count.
 */
export function closing(grey: Plane<Uint8Array>, reach: number): Plane<Uint8Array> {
  return invert(dilation(invert(dilation(grey, reach)), reach));
}

/** The brightest level within `reach`: along the rows, then along the columns. */
function dilation({ width, height, data }: Plane<Uint8Array>, reach: number): Plane<Uint8Array> {
  const work = Uint8Array.from(data);
  for (let y = 0; y < height; y++) slidingMax(work, y * width, 1, width, reach);
  for (let x = 0; x < width; x++) slidingMax(work, x, width, height, reach);
  return { width, height, data: work };
}

/**
 * Replace each of `length` levels, every `step`-th from `first` on, by the brightest within `reach` of it.
 *
 * The time does not depend on `reach`: running maxima in blocks as long as the window, from both ends, are combined (van
 * Herk, 1992; Gil and Werman, 1993).
 */
function slidingMax(data: Uint8Array, first: number, step: number, length: number, reach: number): void {
  const window = 2 * reach + 1;
  const padded = Math.ceil((length + 2 * reach) / window) * window;
  const forward = new Uint8Array(padded);
  for (let i = 0; i < length; i++) forward[i + reach] = data[first + i * step] as number;
  const backward = Uint8Array.from(forward);
  for (let i = 1; i < padded; i++) {
    if (i % window !== 0) forward[i] = Math.max(forward[i] as number, forward[i - 1] as number);
  }
  for (let i = padded - 2; i >= 0; i--) {
    if ((i + 1) % window !== 0) backward[i] = Math.max(backward[i] as number, backward[i + 1] as number);
  }
  for (let i = 0; i < length; i++) {
    data[first + i * step] = Math.max(backward[i] as number, forward[i + window - 1] as number);
  }
}

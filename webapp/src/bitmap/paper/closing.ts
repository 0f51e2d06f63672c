import { crop, invert, type Plane, pad } from '../plane';

/**
 * The morphological closing (Serra, 1982) of grey levels by a square: what is dark and narrower than the square gets the
 * level of what surrounds it. First the brightest level within `reach` pixels on all four sides, then of these the darkest.
 *
 * @param reach half of the square's side, in whole pixels, without the middle one. Pixels beyond the edge don't count.
 */
export function closing(grey: Plane<Uint8Array>, reach: number): Plane<Uint8Array> {
  return invert(dilation(invert(dilation(grey, reach)), reach));
}

/**
 * The brightest level within `reach`: along the rows, then along the columns.
 *
 * Windows of doubling length, each of two that begin a step apart: the time grows with the logarithm of `reach`.
 */
export function dilation(grey: Plane<Uint8Array>, reach: number): Plane<Uint8Array> {
  const padded = pad(grey, reach);
  const { data, width } = padded;
  for (const step of [1, width]) {
    const window = 2 * reach + 1;
    for (let length = 1; length < window; ) {
      const further = Math.min(length, window - length);
      brightestOfTwo(data, further * step);
      length += further;
    }
  }
  return crop(padded, { x: 0, y: 0, width: grey.width, height: grey.height });
}

/** Each level becomes the brighter one of itself and the one `apart` further on. */
function brightestOfTwo(data: Uint8Array, apart: number): void {
  for (let i = 0; i + apart < data.length; i++) {
    const other = data[i + apart] as number;
    if (other > (data[i] as number)) data[i] = other;
  }
}

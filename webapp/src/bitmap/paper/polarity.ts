import type { Plane } from '../picture';
import { reduceGrey } from './reduceGrey';

/** Pixels of the picture that is looked at: enough for strokes to be seen. */
const ENOUGH_PIXELS = 40_000;

/** How wide ink may be, as a share of the picture's shorter side. */
const WIDEST = 0.3;

/** By how much smoother light ink's paper has to be: where there is no ink, only grain, it is dark on light. */
const CLEARLY = 0.9;

/**
 * Whether the ink is lighter than its paper.
 *
 * Where all that is dark and narrow is filled (a closing), dark ink goes and smooth paper is left; where all that is light
 * and narrow is (an opening), the strokes stay. Shadows stay in both. So the smoother of the two shows the paper.
 */
export function isLightOnDark(grey: Plane<Uint8Array>): boolean {
  const small = reduceGrey(grey, Math.ceil(Math.sqrt((grey.width * grey.height) / ENOUGH_PIXELS)));
  const reach = Math.max(1, Math.floor((WIDEST * Math.min(small.width, small.height)) / 2));
  const inverted = { ...small, data: small.data.map(invert) };
  return roughness(close(inverted, reach)) < CLEARLY * roughness(close(small, reach));
}

/** The brightest, then of these the darkest, within `reach` to all four sides. */
function close({ width, height, data }: Plane<Uint8Array>, reach: number): Plane<Uint8Array> {
  const brightest = spread(data, width, height, reach);
  const darkest = spread(brightest.map(invert), width, height, reach);
  return { width, height, data: darkest.map(invert) };
}

/** The brightest within `reach`, along the rows, then along the columns. */
function spread(data: Uint8Array, width: number, height: number, reach: number): Uint8Array {
  const work = Uint8Array.from(data);
  for (let y = 0; y < height; y++) slidingMax(work, y * width, 1, width, reach);
  for (let x = 0; x < width; x++) slidingMax(work, x, width, height, reach);
  return work;
}

/**
 * The brightest within `reach` of each place of a line, in place; however far that is, with three looks at each place: the
 * brightest so far in blocks as long as the window, from both ends (van Herk, 1992; Gil and Werman, 1993).
 */
function slidingMax(data: Uint8Array, first: number, step: number, length: number, reach: number): void {
  const window = 2 * reach + 1;
  const padded = Math.ceil((length + 2 * reach) / window) * window;
  const forward = new Uint8Array(padded);
  const backward = new Uint8Array(padded);
  for (let i = 0; i < length; i++) forward[i + reach] = backward[i + reach] = data[first + i * step] as number;
  for (let i = 1; i < padded; i++) {
    if (i % window !== 0 && (forward[i - 1] as number) > (forward[i] as number)) forward[i] = forward[i - 1] as number;
  }
  for (let i = padded - 2; i >= 0; i--) {
    const next = backward[i + 1] as number;
    if ((i + 1) % window !== 0 && next > (backward[i] as number)) backward[i] = next;
  }
  for (let i = 0; i < length; i++) {
    data[first + i * step] = Math.max(backward[i] as number, forward[i + window - 1] as number);
  }
}

const invert = (level: number) => 255 - level;

/** The sum of all differences between neighbours. */
function roughness({ width, height, data }: Plane<Uint8Array>): number {
  let sum = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      if (x > 0) sum += Math.abs((data[i] as number) - (data[i - 1] as number));
      if (y > 0) sum += Math.abs((data[i] as number) - (data[i - width] as number));
    }
  }
  return sum;
}

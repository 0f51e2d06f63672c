import type { Plane } from './picture';
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
  const inverted = { ...small, data: small.data.map((level) => 255 - level) };
  return roughness(close(inverted, reach)) < CLEARLY * roughness(close(small, reach));
}

/** The brightest, then of these the darkest, within `reach` to all four sides. */
function close({ width, height, data }: Plane<Uint8Array>, reach: number): Plane<Uint8Array> {
  const work = Uint8Array.from(data);
  for (const pick of [Math.max, Math.min]) {
    for (let y = 0; y < height; y++) filterLine(work, y * width, 1, width, reach, pick);
    for (let x = 0; x < width; x++) filterLine(work, x, width, height, reach, pick);
  }
  return { width, height, data: work };
}

function filterLine(
  data: Uint8Array,
  first: number,
  step: number,
  length: number,
  reach: number,
  pick: (a: number, b: number) => number,
): void {
  const line = Uint8Array.from({ length }, (_, i) => data[first + i * step] as number);
  for (let i = 0; i < length; i++) {
    let best = line[i] as number;
    for (let j = Math.max(i - reach, 0); j <= Math.min(i + reach, length - 1); j++)
      best = pick(best, line[j] as number);
    data[first + i * step] = best;
  }
}

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

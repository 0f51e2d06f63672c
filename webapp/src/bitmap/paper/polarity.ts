import { invert, type Plane } from '../plane';
import { count, quantile } from '../statistics';
import { closing, dilation } from './closing';
import { reduceGrey } from './reduceGrey';

/** Pixels of the reduced picture: enough to show strokes. */
const MAX_PIXELS = 40_000;

/** The widest ink, as a share of the picture's shorter side. */
const MAX_STROKE = 0.3;

/** Light ink's paper must be smoother by this factor: paper without ink, only noise, counts as dark ink on light. */
const MAX_ROUGHNESS_RATIO = 0.9;

/** Light ink covers at most this share of what is so near to ink, as a share of the picture's shorter side. */
const MAX_COVER = 0.55;
const NEAR = 0.06;

/** Near ink the lightest and the darkest level differ by this share of the picture's contrast, or more. */
const MIN_CONTRAST = 0.4;

/**
 * Whether the ink is lighter than its paper.
 *
 * A closing removes dark ink and leaves smooth paper; on light ink it leaves the strokes. The closing of the inverted
 * picture does the opposite. Shadows stay in both. So the smoother one of the two shows the paper.
 */
export function isLightOnDark(grey: Plane<Uint8Array>): boolean {
  const small = reduceGrey(grey, MAX_PIXELS);
  const reach = Math.max(1, Math.floor((MAX_STROKE * Math.min(small.width, small.height)) / 2));
  if (lightShare(small) > MAX_COVER) return false; // the cells of a table, a page full of digits
  return roughness(closing(invert(small), reach)) < MAX_ROUGHNESS_RATIO * roughness(closing(small, reach));
}

/** The share of the pixels near ink that are nearer to the lightest level around them than to the darkest. */
function lightShare(small: Plane<Uint8Array>): number {
  const reach = Math.max(2, Math.round(NEAR * Math.min(small.width, small.height)));
  const lightest = dilation(small, reach).data;
  const darkest = dilation(invert(small), reach).data.map((level) => 255 - level);
  const counts = new Uint32Array(256);
  for (const level of small.data) count(counts, level);
  const contrast = MIN_CONTRAST * (quantile(counts, 0.98) - quantile(counts, 0.02));
  let near = 0;
  let light = 0;
  for (const [i, level] of small.data.entries()) {
    const [most, least] = [lightest[i] as number, darkest[i] as number];
    if (most - least <= contrast) continue;
    near++;
    if (2 * level > most + least) light++;
  }
  return near > 0 ? light / near : 0;
}

/** The sum of the differences between all neighbours. */
function roughness({ width, data }: Plane<Uint8Array>): number {
  let sum = 0;
  for (let i = 0, x = 0; i < data.length; i++, x = x + 1 === width ? 0 : x + 1) {
    const level = data[i] as number;
    if (x > 0) sum += Math.abs(level - (data[i - 1] as number));
    if (i >= width) sum += Math.abs(level - (data[i - width] as number));
  }
  return sum;
}

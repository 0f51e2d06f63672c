import { BOX_SIZE, IMAGE_SIZE } from '../../ink';
import type { Plane } from '../plane';

/** The ground of an image of MNIST's is black, and its ink white: the highest level of its edge, and the least peak. */
const MAX_EDGE_LEVEL = 8;
const MIN_PEAK_LEVEL = 200;

/** Levels above this count as ink. */
const INK_LEVEL = 40;

/** How far the centre of mass may lie from the middle, and how far the box's longer side may be from 20, in pixels. */
const MAX_SHIFT = 1.5;
const MAX_SIZE_DIFFERENCE = 1;

/** The picture's own levels, 0 to 1, where it is like one of MNIST's in ground, peak, size and place; else null. */
export function asMnist({ width, height, data }: Plane<Uint8Array>): Float32Array | null {
  if (width !== IMAGE_SIZE || height !== IMAGE_SIZE) return null;
  let [mass, momentX, momentY, peak] = [0, 0, 0, 0];
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const level = data[i] as number;
      const atEdge = x === 0 || y === 0 || x === width - 1 || y === height - 1;
      if (atEdge && level > MAX_EDGE_LEVEL) return null;
      mass += level;
      momentX += level * (x + 0.5);
      momentY += level * (y + 0.5);
      peak = Math.max(peak, level);
      if (level <= INK_LEVEL) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  if (peak < MIN_PEAK_LEVEL) return null;
  const size = Math.max(right - left, bottom - top) + 1;
  const shift = Math.max(Math.abs(momentX / mass - width / 2), Math.abs(momentY / mass - height / 2));
  if (Math.abs(size - BOX_SIZE) > MAX_SIZE_DIFFERENCE || shift > MAX_SHIFT) return null;
  return Float32Array.from(data, (level) => level / 255);
}

import { blockMeans, type Plane } from '../plane';

/**
 * Reduce a grey picture by a whole factor, so that it has at most `maxPixels`, or a little more; each pixel becomes the
 * mean of a square. Squares that are not full at the right and lower edge are left out.
 */
export function reduceGrey(grey: Plane<Uint8Array>, maxPixels: number): Plane<Uint8Array> & { factor: number } {
  const factor = Math.ceil(Math.sqrt((grey.width * grey.height) / maxPixels));
  if (factor === 1) return { ...grey, factor };
  const full = (length: number) => Math.max(1, Math.floor(length / factor));
  const { width, height, data } = blockMeans(grey, factor, full(grey.width), full(grey.height));
  return { width, height, data: Uint8Array.from(data, (level) => Math.floor(level + 0.5)), factor };
}

import type { Plane } from '../plane';

/**
 * Reduce a grey picture by a whole factor, so that it has at most `maxPixels`, or a little more; each pixel becomes the
 * mean of a square. Squares that are not full at the right and lower edge are left out.
 */
export function reduceGrey(grey: Plane<Uint8Array>, maxPixels: number): Plane<Uint8Array> & { factor: number } {
  const factor = Math.ceil(Math.sqrt((grey.width * grey.height) / maxPixels));
  if (factor === 1) return { ...grey, factor };
  const width = Math.max(1, Math.floor(grey.width / factor));
  const height = Math.max(1, Math.floor(grey.height / factor));
  const data = new Uint8Array(width * height);
  const across = Math.min(factor, grey.width);
  const down = Math.min(factor, grey.height);
  const sums = new Uint32Array(width);
  for (let row = 0; row < height; row++) {
    sums.fill(0);
    for (let y = row * factor; y < row * factor + down; y++) {
      for (let column = 0, i = y * grey.width; column < width; column++) {
        let sum = 0;
        for (const end = i + across; i < end; i++) sum += grey.data[i] as number;
        sums[column] = (sums[column] as number) + sum;
      }
    }
    for (let column = 0; column < width; column++) {
      data[row * width + column] = Math.floor((sums[column] as number) / (across * down) + 0.5);
    }
  }
  return { width, height, data, factor };
}

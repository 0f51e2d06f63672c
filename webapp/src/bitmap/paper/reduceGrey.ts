import type { Plane } from '../picture';

/** The mean of each `factor`×`factor` pixels; what does not fill such a square at the right and lower edge is left out. */
export function reduceGrey(grey: Plane<Uint8Array>, factor: number): Plane<Uint8Array> {
  if (factor === 1) return grey;
  const width = Math.max(1, Math.floor(grey.width / factor));
  const height = Math.max(1, Math.floor(grey.height / factor));
  const [across, down] = [Math.min(factor, grey.width), Math.min(factor, grey.height)];
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let v = 0; v < down; v++) {
        const from = (y * factor + v) * grey.width + x * factor;
        for (let i = from; i < from + across; i++) sum += grey.data[i] as number;
      }
      data[y * width + x] = Math.floor(sum / (across * down) + 0.5);
    }
  }
  return { width, height, data };
}

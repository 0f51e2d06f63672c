import type { SoftInk } from '../plane';

/** Ink with a smaller slope, below about two degrees, stays as it is. */
const MIN_SLOPE = 0.035;

/**
 * Turn ink upright about its middle, by bilinear interpolation.
 *
 * @param slope of the line that the ink stands on, as a tangent, y down.
 */
export function turnUpright(ink: SoftInk, slope: number): SoftInk {
  if (Math.abs(slope) < MIN_SLOPE) return ink;
  const length = Math.sqrt(1 + slope * slope);
  const [cos, sin] = [1 / length, slope / length];
  const width = Math.ceil(ink.width * cos + ink.height * Math.abs(sin)) + 1;
  const height = Math.ceil(ink.height * cos + ink.width * Math.abs(sin)) + 1;
  const data = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    const v = y + 0.5 - height / 2;
    for (let x = 0; x < width; x++) {
      const u = x + 0.5 - width / 2;
      data[y * width + x] = sample(
        ink,
        ink.width / 2 + u * cos - v * sin - 0.5,
        ink.height / 2 + u * sin + v * cos - 0.5,
      );
    }
  }
  return { width, height, data };
}

function sample(ink: SoftInk, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [across, down] = [x - left, y - top];
  const upper = at(ink, left, top) * (1 - across) + at(ink, left + 1, top) * across;
  const lower = at(ink, left, top + 1) * (1 - across) + at(ink, left + 1, top + 1) * across;
  return upper * (1 - down) + lower * down;
}

function at({ width, height, data }: SoftInk, x: number, y: number): number {
  return x < 0 || y < 0 || x >= width || y >= height ? 0 : (data[y * width + x] as number);
}

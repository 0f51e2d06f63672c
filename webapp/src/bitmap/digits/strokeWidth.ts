import type { SoftInk } from '../pieces/softInk';
import { distances } from './distances';

/** MNIST's box: a digit fills it in its longer direction. */
const BOX_SIZE = 20;

/** Strokes thinner or wider than this, in pixels of the box, are brought to it: nearly all of MNIST lies between. */
const THINNEST = 1.9;
const WIDEST = 4.4;

/**
 * Bring strokes to a width that the network knows: a fine pen's are widened, a brush's narrowed, and all others stay.
 *
 * @param extent of the ink, in its pixels, in its longer direction.
 */
export function adjustStrokes(ink: SoftInk, extent: number): SoftInk {
  const width = strokeWidth(ink);
  if (width === 0) return ink;
  const pixel = extent / BOX_SIZE;
  // Widening the strokes widens the ink, and so shrinks them in the box.
  if (width < THINNEST * pixel) return widen(ink, (THINNEST * pixel - width) / (2 * (1 - THINNEST / BOX_SIZE)));
  if (width > WIDEST * pixel) return narrow(ink, (width - WIDEST * pixel) / (2 * (1 - WIDEST / BOX_SIZE)));
  return ink;
}

/** The mean width of strokes: twice their area by their outline, whose length crossings of the grid tell (Cauchy, Crofton). */
export function strokeWidth({ width, height, data }: SoftInk): number {
  let area = 0;
  let crossings = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const level = data[i] as number;
      area += level;
      if (level <= 0.5) continue;
      if (x === 0 || (data[i - 1] as number) <= 0.5) crossings++;
      if (x === width - 1 || (data[i + 1] as number) <= 0.5) crossings++;
      if (y === 0 || (data[i - width] as number) <= 0.5) crossings++;
      if (y === height - 1 || (data[i + width] as number) <= 0.5) crossings++;
    }
  }
  return crossings > 0 ? (2 * area) / ((Math.PI / 4) * crossings) : 0;
}

function widen(ink: SoftInk, by: number): SoftInk {
  const margin = Math.ceil(by) + 1;
  const width = ink.width + 2 * margin;
  const height = ink.height + 2 * margin;
  const mask = new Uint8Array(width * height);
  const data = new Float64Array(width * height);
  for (let y = 0; y < ink.height; y++) {
    for (let x = 0; x < ink.width; x++) {
      const i = (y + margin) * width + x + margin;
      data[i] = ink.data[y * ink.width + x] as number;
      if ((data[i] as number) > 0.5) mask[i] = 1;
    }
  }
  const away = distances(mask, width, height);
  for (let i = 0; i < data.length; i++) {
    data[i] = Math.max(data[i] as number, Math.min(Math.max(by + 1 - (away[i] as number), 0), 1));
  }
  return { width, height, data };
}

function narrow({ width, height, data }: SoftInk, by: number): SoftInk {
  const mask = new Uint8Array((width + 2) * (height + 2)).fill(1); // beyond the edge is paper
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((data[y * width + x] as number) > 0.5) mask[(y + 1) * (width + 2) + x + 1] = 0;
    }
  }
  const inside = distances(mask, width + 2, height + 2);
  const narrowed = new Float64Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const depth = inside[(y + 1) * (width + 2) + x + 1] as number;
      narrowed[y * width + x] = Math.min(data[y * width + x] as number, Math.max(depth - by, 0));
    }
  }
  return { width, height, data: narrowed };
}

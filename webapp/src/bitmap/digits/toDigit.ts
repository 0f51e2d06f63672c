import type { Box } from '../../box';
import { BOX_SIZE, IMAGE_SIZE, PIXELS } from '../../ink';
import { crop, type SoftInk } from '../plane';
import { resample } from './resample';
import { adjustStrokes } from './strokeWidth';
import { turnUpright } from './turn';

/**
 * Ink as the network sees it: 784 pixels, row by row, 0 (paper) to 1 (ink), in steps of 255ths.
 *
 * The steps of LeCun's MNIST on a bitmap: the ink is turned upright, its strokes are brought to a width that the network
 * knows, and it fills the 20×20 box, with its centre of mass in the middle of the 28×28, or less than a pixel beyond.
 *
 * @param slope of the line that the digit stands on, as a tangent, y down.
 */
export function toDigit(ink: SoftInk, slope: number): Float32Array {
  const upright = cropPaper(turnUpright(ink, slope));
  const adjusted = cropPaper(adjustStrokes(upright, Math.max(upright.width, upright.height)));
  const scale = BOX_SIZE / Math.max(adjusted.width, adjusted.height);
  const width = Math.max(1, Math.floor(adjusted.width * scale + 0.5));
  const height = Math.max(1, Math.floor(adjusted.height * scale + 0.5));
  const small = resample(adjusted, width, height);
  // The filter overshoots beside edges: full ink stays full ink.
  for (let i = 0; i < small.data.length; i++) small.data[i] = Math.min(small.data[i] as number, 1);
  const pixels = new Float32Array(PIXELS);
  let mass = 0;
  let momentX = 0;
  let momentY = 0;
  for (const [i, level] of small.data.entries()) {
    mass += level;
    momentX += level * ((i % width) + 0.5);
    momentY += level * (Math.floor(i / width) + 0.5);
  }
  if (mass === 0) return pixels;
  const strongest = Math.max(...small.data);
  const left = startOf(momentX / mass, width);
  const top = startOf(momentY / mass, height);
  for (const [i, level] of small.data.entries()) {
    const at = (top + Math.floor(i / width)) * IMAGE_SIZE + left + (i % width);
    pixels[at] = Math.floor((255 * level) / strongest + 0.5) / 255;
  }
  return pixels;
}

/** The first row or column of a digit in the 28×28 that brings its centre of mass to the middle, or less than a pixel beyond: as in MNIST. */
function startOf(centre: number, length: number): number {
  return Math.min(Math.max(Math.ceil(IMAGE_SIZE / 2 - centre), 0), IMAGE_SIZE - length);
}

/** The ink without the paper around it; ink that is faint everywhere as it is. */
function cropPaper(ink: SoftInk): SoftInk {
  const box = darkBox(ink);
  return box ? crop(ink, box) : ink;
}

/** The box around what is more than half ink, or null where nothing is. */
export function darkBox({ width, height, data }: SoftInk): Box | null {
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((data[y * width + x] as number) <= 0.5) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  return right < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

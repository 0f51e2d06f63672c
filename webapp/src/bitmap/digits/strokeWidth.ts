import { BOX_SIZE } from '../../ink';
import { meanWidth } from '../pieces/widestStroke';
import { crop, pad, type SoftInk } from '../plane';
import { distances } from './distances';

/** Strokes thinner or wider than this, in pixels of MNIST's box, are brought to it: nearly all of MNIST lies between. */
const MIN_WIDTH = 1.9;
const MAX_WIDTH = 4.4;

/**
 * Bring strokes to a width that the network knows: those of a fine pen are widened, those of a brush narrowed. Other ink is
 * returned as it is.
 *
 * @param extent of the ink, in its pixels, in its longer direction.
 */
export function adjustStrokes(ink: SoftInk, extent: number): SoftInk {
  const width = strokeWidth(ink);
  if (width === 0) return ink;
  const pixel = extent / BOX_SIZE;
  // Wider strokes make the ink larger, and so shrink them in the box.
  if (width < MIN_WIDTH * pixel) return widen(ink, (MIN_WIDTH * pixel - width) / (2 * (1 - MIN_WIDTH / BOX_SIZE)));
  if (width > MAX_WIDTH * pixel) return narrow(ink, (width - MAX_WIDTH * pixel) / (2 * (1 - MAX_WIDTH / BOX_SIZE)));
  return ink;
}

/** The mean width of strokes in pixels; 0 where nothing is more than half ink. */
export function strokeWidth({ width, data }: SoftInk): number {
  let area = 0;
  let crossings = 0;
  for (let i = 0, x = 0; i < data.length; i++, x = x + 1 === width ? 0 : x + 1) {
    const level = data[i] as number;
    area += level;
    if (level <= 0.5) continue;
    // Only where a row or column enters the ink: it leaves it as often.
    if (x === 0 || (data[i - 1] as number) <= 0.5) crossings += 2;
    if (i < width || (data[i - width] as number) <= 0.5) crossings += 2;
  }
  return crossings > 0 ? meanWidth(area, crossings) : 0;
}

function widen(ink: SoftInk, by: number): SoftInk {
  const padded = pad(ink, Math.ceil(by) + 1);
  const away = distances(maskOf(padded.data, true), padded.width, padded.height);
  for (let i = 0; i < away.length; i++) {
    const grown = Math.min(Math.max(by + 1 - (away[i] as number), 0), 1);
    if (grown > (padded.data[i] as number)) padded.data[i] = grown;
  }
  return padded;
}

function narrow(ink: SoftInk, by: number): SoftInk {
  const padded = pad(ink, 1); // beyond the edge is paper
  const depth = distances(maskOf(padded.data, false), padded.width, padded.height);
  for (let i = 0; i < depth.length; i++) {
    padded.data[i] = Math.min(padded.data[i] as number, Math.max((depth[i] as number) - by, 0));
  }
  return crop(padded, { x: 1, y: 1, width: ink.width, height: ink.height });
}

/** The pixels that are ink, or those that are not. */
function maskOf(data: Float64Array, ofInk: boolean): Uint8Array {
  const mask = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) mask[i] = Number((data[i] as number) > 0.5 === ofInk);
  return mask;
}

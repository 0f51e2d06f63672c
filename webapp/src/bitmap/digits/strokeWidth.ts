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
  const isPaper = (i: number) => (data[i] ?? 0) <= 0.5;
  for (const [i, level] of data.entries()) {
    area += level;
    if (isPaper(i)) continue;
    // Only where a row or column enters the ink: it leaves it as often.
    if (i % width === 0 || isPaper(i - 1)) crossings += 2;
    if (isPaper(i - width)) crossings += 2;
  }
  return crossings > 0 ? meanWidth(area, crossings) : 0;
}

function widen(ink: SoftInk, by: number): SoftInk {
  const padded = pad(ink, Math.ceil(by) + 1);
  const away = distances(Uint8Array.from(padded.data, isInk), padded.width, padded.height);
  const grown = (level: number, i: number) => Math.max(level, Math.min(Math.max(by + 1 - (away[i] as number), 0), 1));
  return { ...padded, data: padded.data.map(grown) };
}

function narrow(ink: SoftInk, by: number): SoftInk {
  const padded = pad(ink, 1); // beyond the edge is paper
  const depth = distances(
    Uint8Array.from(padded.data, (level) => 1 - isInk(level)),
    padded.width,
    padded.height,
  );
  const shrunk = padded.data.map((level, i) => Math.min(level, Math.max((depth[i] as number) - by, 0)));
  return crop({ ...padded, data: shrunk }, { x: 1, y: 1, width: ink.width, height: ink.height });
}

function isInk(level: number): number {
  return Number(level > 0.5);
}

import type { Thresholds } from '../paper/threshold';
import { blockMeans, crop, type Plane, type SoftInk } from '../plane';
import { count, quantile } from '../statistics';
import type { Piece } from './piece';

/** Soft ink in its picture: the place of its pixel (0, 0), and how many pixels of the picture one of its own is wide. */
export interface CutOut extends SoftInk {
  readonly x: number;
  readonly y: number;
  readonly factor: number;
}

/** Levels below this share of the way from the background to full ink are noise, or the faint edge of a stroke. */
const FAINT = 0.15;

/** Larger cut-outs, in pixels across, are reduced by a whole factor: four times what the network sees. */
const MAX_SIDE = 112;

/** No level of ink is so far above the background. */
const LEVELS = 1024;

/**
 * Cut a piece out of its picture, with one pixel around it. Full ink is the median of what is more than half as dark as the
 * darkest pixel: pencil and ink become alike, and the edges of strokes stay grey.
 */
export function cutOut(
  piece: Piece,
  levels: Plane<Int16Array>,
  labels: Plane<Int32Array>,
  { background, noise }: Thresholds,
): CutOut {
  const x = Math.max(piece.x - 1, 0);
  const y = Math.max(piece.y - 1, 0);
  const width = Math.min(piece.x + piece.width + 1, levels.width) - x;
  const height = Math.min(piece.y + piece.height + 1, levels.height) - y;
  const box = { x, y, width, height };
  const own = crop(levels, box).data;
  const belonging = belongingPixels(new Set(piece.labels), crop(labels, box));
  const full = fullLevel(
    own.filter((_, i) => belonging[i] === INK),
    background,
  );
  const range = full - background;
  const faint = Math.min(background + Math.max(FAINT * range, 2 * noise), background + 0.5 * range);
  const data = Float64Array.from(own, (level, i) => {
    return belonging[i] === 0 ? 0 : Math.min(Math.max((level - faint) / (full - faint), 0), 1);
  });
  const factor = Math.max(1, Math.floor(Math.max(width, height) / MAX_SIDE));
  return { ...(factor > 1 ? blockMeans({ width, height, data }, factor) : { width, height, data }), x, y, factor };
}

/** Marks of a piece's own pixels, and of paper that touches them. */
const INK = 2;
const EDGE = 1;

/** Which pixels belong to a piece: INK where they carry its labels, EDGE where they touch such a pixel and are paper. */
function belongingPixels(own: ReadonlySet<number>, { width, height, data }: Plane<Int32Array>): Uint8Array {
  const marks = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const label = data[y * width + x] as number;
      if (label === 0 || !own.has(label)) continue;
      marks[y * width + x] = INK;
      for (let v = Math.max(y - 1, 0); v <= Math.min(y + 1, height - 1); v++) {
        for (let u = Math.max(x - 1, 0); u <= Math.min(x + 1, width - 1); u++) {
          if (data[v * width + u] === 0) marks[v * width + u] = EDGE;
        }
      }
    }
  }
  return marks;
}

/** The median of the levels of ink above half of the darkest one. */
function fullLevel(levels: Int16Array, background: number): number {
  const counts = new Uint32Array(LEVELS);
  let peak = 0;
  for (const level of levels) {
    const above = Math.max(level - background, 0);
    count(counts, above);
    peak = Math.max(peak, above);
  }
  const half = Math.floor(peak / 2) + 1;
  return background + half + quantile(counts.subarray(half), 0.5);
}

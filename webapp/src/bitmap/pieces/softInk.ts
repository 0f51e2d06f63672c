import { blockMeans, crop, type Plane, type SoftInk } from '../plane';
import type { PreparedInk } from '../prepareInk';
import { count, quantile } from '../statistics';
import type { Labelled } from './components';
import type { Piece } from './piece';

/** Soft ink in its picture: the place of its pixel (0, 0), and how many pixels of the picture one of its own is wide. */
export interface CutOut extends SoftInk {
  readonly x: number;
  readonly y: number;
  readonly factor: number;
}

/** Levels below this share of the way from the background to full ink are noise, or the faint edge of a stroke. */
const FAINT = 0.15;

/** No level lies further above the background: it is -256 at least, and full ink 255. */
const MAX_LEVEL = 511;

/** Larger cut-outs, in pixels across, are reduced by a whole factor: four times what the network sees. */
const MAX_SIDE = 112;

/**
 * Cut a piece out of its picture, with one pixel around it. Full ink is the median of what is more than half as dark as the
 * darkest pixel: pencil and ink become alike, and the edges of strokes stay grey.
 */
export function cutOut(piece: Piece, { levels, labels, background, noise }: PreparedInk & Labelled): CutOut {
  const x = Math.max(piece.x - 1, 0);
  const y = Math.max(piece.y - 1, 0);
  const width = Math.min(piece.x + piece.width + 1, levels.width) - x;
  const height = Math.min(piece.y + piece.height + 1, levels.height) - y;
  const box = { x, y, width, height };
  const own = crop(levels, box).data;
  const belonging = belongingPixels(new Set(piece.labels), crop(labels, box));
  const full = fullLevel(own, belonging, background);
  const range = full - background;
  const faint = Math.min(background + Math.max(FAINT * range, 2 * noise), background + 0.5 * range);
  const data = new Float64Array(own.length);
  for (let i = 0; i < own.length; i++) {
    if (belonging[i] === 0) continue;
    data[i] = Math.min(Math.max(((own[i] as number) - faint) / (full - faint), 0), 1);
  }
  const factor = Math.max(1, Math.floor(Math.max(width, height) / MAX_SIDE));
  return { ...(factor > 1 ? blockMeans({ width, height, data }, factor) : { width, height, data }), x, y, factor };
}

/** Marks of a piece's own pixels, and of paper that touches them. */
const INK = 2;
const EDGE = 1;

/** Which pixels belong to a piece: INK where they carry its labels, EDGE where they touch such a pixel and are paper. */
function belongingPixels(own: ReadonlySet<number>, { width, height, data }: Plane<Int32Array>): Uint8Array {
  const marks = new Uint8Array(data.length);
  let last = 0; // neighbours mostly have one label
  for (let i = 0; i < data.length; i++) {
    const label = data[i] as number;
    if (label === 0 || (label !== last && !own.has(label))) continue;
    last = label;
    marks[i] = INK;
  }
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (marks[i] !== INK) continue;
      const inside = x > 0 && y > 0 && x < width - 1 && y < height - 1;
      // What lies corner to corner with such a pixel is marked from its neighbours.
      if (inside && data[i - 1] && data[i + 1] && data[i - width] && data[i + width]) continue;
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
function fullLevel(levels: Int16Array, belonging: Uint8Array, background: number): number {
  const counts = new Uint32Array(MAX_LEVEL + 1); // above the background
  let peak = 0;
  for (let i = 0; i < levels.length; i++) {
    if (belonging[i] !== INK) continue;
    const above = Math.min(Math.max((levels[i] as number) - background, 0), MAX_LEVEL);
    if (above > peak) peak = above;
    count(counts, above);
  }
  counts.fill(0, 0, Math.floor(peak / 2) + 1);
  return background + quantile(counts, 0.5);
}

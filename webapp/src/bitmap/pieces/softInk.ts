import type { Thresholds } from '../paper/threshold';
import type { Plane } from '../picture';
import type { Piece } from './piece';

/** Ink cut out of a picture: how much of it is on each pixel, 0 to 1. */
export interface SoftInk {
  readonly width: number;
  readonly height: number;
  readonly data: Float64Array;
}

/** Where soft ink lies in its picture: its pixel (0, 0), and how many pixels of the picture one of its own is wide. */
export interface CutOut extends SoftInk {
  readonly x: number;
  readonly y: number;
  readonly factor: number;
}

/** Levels this share of the way from paper to full ink are paper's grain or a stroke's faint rim. */
const FAINT = 0.15;

/** Larger cut-outs are reduced by a whole factor, in pixels across: four times what the network sees. */
const LARGEST = 112;

/**
 * Cut a piece out of its picture, one pixel of its rim included. Full ink is the median of what is more than half as
 * dark as its darkest, so that pencil and ink come out alike, and the rims of strokes stay grey.
 */
export function cutOut(
  piece: Piece,
  levels: Plane<Int16Array>,
  labels: Plane<Int32Array>,
  { paper, grain }: Thresholds,
): CutOut {
  const left = Math.max(piece.x - 1, 0);
  const top = Math.max(piece.y - 1, 0);
  const width = Math.min(piece.x + piece.width + 1, levels.width) - left;
  const height = Math.min(piece.y + piece.height + 1, levels.height) - top;
  const inside = rimmed(piece, labels, left, top, width, height);
  const full = fullLevel(levels, inside, left, top, width, height, paper);
  const faint = Math.min(paper + Math.max(FAINT * (full - paper), 2 * grain), paper + 0.5 * (full - paper));
  const data = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      if (inside[i] === 0) continue;
      const level = levels.data[(top + y) * levels.width + left + x] as number;
      data[i] = Math.min(Math.max((level - faint) / (full - faint), 0), 1);
    }
  }
  const factor = Math.max(1, Math.floor(Math.max(width, height) / LARGEST));
  return { ...reduce({ width, height, data }, factor), x: left, y: top, factor };
}

/** Which pixels are the piece's: 2 where they carry its labels, 1 where they touch such a pixel and are paper. */
function rimmed(
  piece: Piece,
  labels: Plane<Int32Array>,
  left: number,
  top: number,
  width: number,
  height: number,
): Uint8Array {
  const inside = new Uint8Array(width * height);
  const [first, ...more] = piece.labels;
  const others = new Set(more);
  const at = (x: number, y: number) => labels.data[(top + y) * labels.width + left + x] as number;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const label = at(x, y);
      if (label === 0 || (label !== first && !others.has(label))) continue;
      inside[y * width + x] = 2;
      for (let v = Math.max(y - 1, 0); v <= Math.min(y + 1, height - 1); v++) {
        for (let u = Math.max(x - 1, 0); u <= Math.min(x + 1, width - 1); u++) {
          if (inside[v * width + u] === 0 && at(u, v) === 0) inside[v * width + u] = 1;
        }
      }
    }
  }
  return inside;
}

function fullLevel(
  levels: Plane<Int16Array>,
  inside: Uint8Array,
  left: number,
  top: number,
  width: number,
  height: number,
  paper: number,
): number {
  const counts = new Uint32Array(1024);
  let peak = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      if (inside[i] !== 2) continue;
      const level = Math.max((levels.data[(top + y) * levels.width + left + x] as number) - paper, 0);
      counts[level] = (counts[level] as number) + 1;
      peak = Math.max(peak, level);
    }
  }
  const half = Math.floor(peak / 2) + 1;
  const dark = counts.subarray(half).reduce((sum, count) => sum + count, 0);
  const below = Math.floor((dark - 1) / 2);
  let level = half;
  for (let seen = counts[half] as number; seen <= below; seen += counts[level] as number) level++;
  return paper + level;
}

/** The mean of each `factor`×`factor` pixels; at the right and lower edge of those that there are. */
export function reduce(ink: SoftInk, factor: number): SoftInk {
  if (factor === 1) return ink;
  const width = Math.ceil(ink.width / factor);
  const height = Math.ceil(ink.height / factor);
  const data = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    const bottom = Math.min((y + 1) * factor, ink.height);
    for (let x = 0; x < width; x++) {
      const right = Math.min((x + 1) * factor, ink.width);
      let sum = 0;
      for (let v = y * factor; v < bottom; v++) {
        for (let u = x * factor; u < right; u++) sum += ink.data[v * ink.width + u] as number;
      }
      data[y * width + x] = sum / ((bottom - y * factor) * (right - x * factor));
    }
  }
  return { width, height, data };
}

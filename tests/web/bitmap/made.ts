import type { Picture } from '../../../webapp/src/bitmap/picture';
import type { Plane, SoftInk } from '../../../webapp/src/bitmap/plane';

/** A picture by a function of the place, grey levels 0 to 255. */
export function paint(width: number, height: number, level: (x: number, y: number) => number): Picture {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    const grey = level(i % width, Math.floor(i / width));
    data.set([grey, grey, grey, 255], 4 * i);
  }
  return { width, height, data };
}

export function grey(width: number, height: number, level: (x: number, y: number) => number): Plane<Uint8Array> {
  const data = Uint8Array.from({ length: width * height }, (_, i) => level(i % width, Math.floor(i / width)));
  return { width, height, data };
}

/** Full ink where `inside` holds, paper elsewhere. */
export function soft(width: number, height: number, inside: (x: number, y: number) => boolean): SoftInk {
  const { data } = grey(width, height, (x, y) => Number(inside(x, y)));
  return { width, height, data: Float64Array.from(data) };
}

/** Levels of ink from rows of characters: a space is paper, # full ink, + half. */
export function levels(...rows: string[]): Plane<Int16Array> {
  const of = { '#': 200, '+': 100, ' ': 0 } as Record<string, number>;
  const data = Int16Array.from(rows.flatMap((row) => Array.from(row, (character) => of[character] as number)));
  return { width: (rows[0] as string).length, height: rows.length, data };
}

/** Whether a place lies on a ring: a made 0. */
export function onRing(
  x: number,
  y: number,
  middleX: number,
  middleY: number,
  height: number,
  stroke: number,
): boolean {
  const away = Math.hypot((x - middleX) / 0.6, y - middleY);
  return Math.abs(away - (height - stroke) / 2) < stroke / 2;
}

/** Whether a place lies on an upright bar: a made 1. */
export function onBar(x: number, y: number, middleX: number, middleY: number, height: number, stroke: number): boolean {
  return Math.abs(x - middleX) < stroke / 2 && Math.abs(y - middleY) < height / 2;
}

/**
 * A network that knows made digits by their shape alone: a filled middle column reads as 1, a hole as 0; all else it is
 * unsure of. It stands in for the real one where a test is about what happens to its answers.
 */
export function knowsBarsAndRings(pixels: Float32Array): Float32Array {
  const images = pixels.length / 784;
  const probabilities = new Float32Array(10 * images).fill(0.1);
  for (let n = 0; n < images; n++) {
    const image = pixels.subarray(784 * n, 784 * n + 784);
    const at = (x: number, y: number) => image[28 * y + x] as number;
    const columns = Array.from({ length: 28 }, (_, x) => Array.from({ length: 28 }, (_, y) => at(x, y)));
    const used = columns.filter((column) => column.some((level) => level > 0.5)).length;
    const middle = (at(13, 13) + at(14, 13) + at(13, 14) + at(14, 14)) / 4;
    const digit = used <= 7 && middle > 0.5 ? 1 : used >= 9 && used <= 18 && middle < 0.2 ? 0 : null;
    if (digit !== null)
      probabilities.set(
        Array.from({ length: 10 }, (_, d) => (d === digit ? 0.991 : 0.001)),
        10 * n,
      );
  }
  return probabilities;
}

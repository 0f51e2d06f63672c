import type { Box } from '../box';

export type Numbers = Uint8Array | Int16Array | Int32Array | Float64Array;

/** One number for each pixel, row by row. */
export interface Plane<Data extends Numbers = Numbers> {
  readonly width: number;
  readonly height: number;
  readonly data: Data;
}

/** How much ink is on each pixel, 0 to 1. */
export type SoftInk = Plane<Float64Array>;

/** The pixels of a plane inside a box, which must not reach beyond it. */
export function crop<Data extends Numbers>(plane: Plane<Data>, { x, y, width, height }: Box): Plane<Data> {
  const data = zeros(plane.data, width * height);
  for (let row = 0; row < height; row++) {
    const from = (y + row) * plane.width + x;
    data.set(plane.data.subarray(from, from + width), row * width);
  }
  return { width, height, data };
}

/** A plane with `by` pixels of 0 added on each side. */
export function pad<Data extends Numbers>(plane: Plane<Data>, by: number): Plane<Data> {
  const width = plane.width + 2 * by;
  const height = plane.height + 2 * by;
  const data = zeros(plane.data, width * height);
  for (let row = 0; row < plane.height; row++) {
    const from = row * plane.width;
    data.set(plane.data.subarray(from, from + plane.width), (row + by) * width + by);
  }
  return { width, height, data };
}

/** Pixels across the squares in which a plane is transposed. */
const SQUARE = 32;

/** A plane with rows and columns exchanged. */
export function transpose<Data extends Numbers>({ width, height, data }: Plane<Data>): Plane<Data> {
  const turned = zeros(data, data.length);
  // In squares that stay in the processor's cache.
  for (let top = 0; top < height; top += SQUARE) {
    const bottom = Math.min(top + SQUARE, height);
    for (let left = 0; left < width; left += SQUARE) {
      const right = Math.min(left + SQUARE, width);
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) turned[x * height + y] = data[y * width + x] as number;
      }
    }
  }
  return { width: height, height: width, data: turned };
}

/** Grey levels, 0 to 255, with black and white exchanged. */
export function invert(grey: Plane<Uint8Array>): Plane<Uint8Array> {
  return { ...grey, data: grey.data.map((level) => 255 - level) };
}

/**
 * The mean of each `factor`×`factor` pixels, for the first `columns` and `rows` of such blocks. A block at the right or
 * lower edge may hold fewer pixels.
 */
export function blockMeans(
  plane: Plane,
  factor: number,
  columns = Math.ceil(plane.width / factor),
  rows = Math.ceil(plane.height / factor),
): SoftInk {
  const data = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const bottom = Math.min((row + 1) * factor, plane.height);
    for (let column = 0; column < columns; column++) {
      const left = column * factor;
      const right = Math.min(left + factor, plane.width);
      let sum = 0;
      for (let y = row * factor; y < bottom; y++) {
        for (let x = left; x < right; x++) sum += plane.data[y * plane.width + x] as number;
      }
      data[row * columns + column] = sum / ((bottom - row * factor) * (right - left));
    }
  }
  return { width: columns, height: rows, data };
}

/** An array of zeros of the same kind. */
function zeros<Data extends Numbers>(like: Data, length: number): Data {
  return new (like.constructor as new (length: number) => Data)(length);
}

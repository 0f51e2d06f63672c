/** A picture as a canvas gives it: red, green, blue and alpha of each pixel, row by row, 0 to 255. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

/** One whole number a pixel, row by row. */
export interface Plane<Data = Uint8Array | Int16Array> {
  readonly width: number;
  readonly height: number;
  readonly data: Data;
}

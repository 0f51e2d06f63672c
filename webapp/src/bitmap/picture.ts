/** A picture as a canvas returns it: red, green, blue and alpha of each pixel, 0 to 255, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

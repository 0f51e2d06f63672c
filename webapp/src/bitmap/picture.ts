/** A picture as a canvas returns it: red, green, blue and alpha of each pixel, 0 to 255, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

/** A file or picture that can't be read as digits. `message` is one sentence for the user; `name` crosses threads. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
}

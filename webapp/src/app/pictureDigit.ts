/** A digit of a picture that the user points at; dispatched where it is shown, and bubbles. */
export const PICTURE_DIGIT = 'picture-digit';

/** What comes with it. */
export interface PictureDigit {
  /** What it was read as; null when unsure. */
  readonly digit: number | null;
  /** 784 pixels, 0 to 1, as the network saw them. */
  readonly pixels: Float32Array;
}

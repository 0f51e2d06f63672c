import type { Recognizer } from '../../recognizer';

/** A digit of a picture that the user picked. */
export interface PickedDigit {
  /** What it was read as; null if unsure. */
  readonly digit: number | null;
  /** 784 pixels, 0 to 1, as the network saw them. */
  readonly pixels: Float32Array;
}

/** What reading pictures needs from the page. */
export interface PicturesHost {
  /** Wait for the recognizer. */
  readonly recognizer: () => Promise<Recognizer>;
  /** The recognizer has stopped. */
  readonly onFailure: (error: Error, recognizer: Recognizer) => void;
  /** The user picked a digit, to say what it is. */
  readonly onPick: (digit: PickedDigit) => void;
}

import type { Recognizer } from '../../api';

/** A digit of a picture that the user picked. */
export interface PickedDigit {
  /** What it was read as, or what the user said before; null if unsure. */
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
  /**
   * Ask the user what a digit is, beside `anchor`.
   *
   * @param onUndo called if the user takes the answer back.
   * @returns 0 to 9; null for no digit; undefined if the user closed the question.
   */
  readonly onPick: (digit: PickedDigit, anchor: HTMLElement, onUndo: () => void) => Promise<number | null | undefined>;
  /** There are `count` results now. */
  readonly onCount: (count: number) => void;
  /** Show a sentence: the part of the page that reads pictures did not come. */
  readonly onTrouble: (sentence: string) => void;
}

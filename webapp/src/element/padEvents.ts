import type { Ink } from '../ink';
import type { Reading } from '../reading';

/** What a `reading` event tells. */
export interface ReadingDetail {
  readonly reading: Reading;
  /** What was read, in pad units; the `strokes` of the reading's digits are places in it. */
  readonly ink: Ink;
  /** False for a preview: the ink has changed since, or a stroke is being drawn. */
  readonly final: boolean;
}

/** The events of a pad, beside those of all elements. */
export interface DigitPadEventMap extends HTMLElementEventMap {
  /** The ink was read. */
  reading: CustomEvent<ReadingDetail>;
  /** The recognizer did not load, or has failed. Prevent the default and it is not written to the console. */
  error: ErrorEvent;
  /** The ink has changed. */
  ink: CustomEvent<null>;
  /** The ink is shown at another scale. */
  view: CustomEvent<null>;
}

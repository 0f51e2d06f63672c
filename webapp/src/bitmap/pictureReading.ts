import type { Box } from '../box';
import type { Reading } from '../reading';
import type { QuarterTurn } from './quarterTurn';

/** What was read on a picture; boxes are in its pixels. */
export interface PictureReading extends Reading {
  /** The digits of each line, from the top; joined they are `text`. */
  readonly lines: readonly string[];
  /** n×784: the network's image of each digit, 0 (paper) to 1 (ink). */
  readonly images: Float32Array;
  /** Why nothing was read: no ink at all, or none that looks like a digit; null where something was. */
  readonly nothing: 'blank' | 'no-digit' | null;
  readonly remarks: Remarks;
}

/** What was done with a picture before it was read, and what was not read. */
export interface Remarks {
  /** How it was turned, beyond its EXIF orientation. Boxes are in the picture as it was given. */
  readonly turned: QuarterTurn;
  /** What was taken out: the lines of the paper, or boxes and tables. */
  readonly linesRemoved: 'paper' | 'boxes' | null;
  /** Boxes of a row of boxes in which nothing is written. */
  readonly emptyBoxes: readonly EmptyBox[];
  /** Pieces of ink, as high as digits, that are none. */
  readonly leftOut: number;
  /** Digits that the picture's edge cuts. */
  readonly cutOff: number;
  /** Pieces that are not read because there are too many of them. */
  readonly notRead: number;
}

/** A place for a digit that holds none. */
export interface EmptyBox {
  readonly box: Box;
  /** The digit that follows it, by its place in `digits`; their number where none follows in its line. */
  readonly before: number;
}

export const NO_REMARKS: Remarks = { turned: 0, linesRemoved: null, emptyBoxes: [], leftOut: 0, cutOff: 0, notRead: 0 };

/** The reading of a picture on which nothing is read. */
export function nothingRead(nothing: 'blank' | 'no-digit', leftOut = 0): PictureReading {
  const remarks = { ...NO_REMARKS, leftOut };
  return { text: '', digits: [], lines: [], images: new Float32Array(0), nothing, remarks };
}

/** A reading with other boxes: each is made of the one that it had. */
export function withBoxes(reading: PictureReading, other: (box: Box) => Box): PictureReading {
  const replaced = <Boxed extends { readonly box: Box }>(one: Boxed) => ({ ...one, box: other(one.box) });
  const remarks = { ...reading.remarks, emptyBoxes: reading.remarks.emptyBoxes.map(replaced) };
  return { ...reading, digits: reading.digits.map(replaced), remarks };
}

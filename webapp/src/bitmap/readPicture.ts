import type { Box } from '../box';
import { IMAGE_SIZE } from '../ink';
import type { Classify, Reading } from '../reading';
import { assemble, nothingRead } from './assemble';
import { toGrey } from './paper/toGrey';
import type { Picture } from './picture';
import { findComponents } from './pieces/components';
import { findPieces } from './pieces/findPieces';
import { orderLines } from './pieces/orderLines';
import { orderWithSuperscripts } from './pieces/superscripts';
import type { Plane } from './plane';
import { prepareInk } from './prepareInk';
import { classifyAll, joinNear, readLines } from './readPieces';
import { median } from './statistics';

/** A 28×28 picture is read as it is where its edge is darker than this on average and something is brighter than that. */
const MAX_EDGE_LEVEL = 48;
const MIN_PEAK_LEVEL = 30;

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

/** Degrees, clockwise, that bring a picture the right way up. */
export type QuarterTurn = 0 | 90 | 180 | 270;

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

/**
 * Read the digits of a picture, line by line, from left to right.
 *
 * @param picture dark on light or light on dark, of a bounded size: memory holds several copies of it.
 * @param classify the network.
 * @param confidenceThreshold the confidence, between 0 and 1, that a digit must exceed to be named.
 * @throws PictureError where all of it is transparent.
 */
export function readPicture(picture: Picture, classify: Classify, confidenceThreshold: number): PictureReading {
  const grey = toGrey(picture);
  const image = asMnist(grey);
  if (image !== null) {
    const box = { x: 0, y: 0, width: IMAGE_SIZE, height: IMAGE_SIZE };
    return assemble([classifyAll([{ box, image }], classify)], [IMAGE_SIZE], confidenceThreshold, null);
  }
  const ink = prepareInk(grey);
  if (ink === null) return nothingRead('blank');
  const labelled = findComponents(ink.levels, ink.lowThreshold, ink.highThreshold);
  const found = findPieces(labelled.components, grey.width, grey.height);
  const source = { ...ink, ...labelled, classify };
  const lines = orderWithSuperscripts(joinNear(found, source), (pieces) => orderLines(pieces, ink.ruled));
  const heights = lines.map(({ pieces }) => median(pieces.map(({ height }) => height)) as number);
  return assemble(readLines(lines, source), heights, confidenceThreshold, grey);
}

/** The picture itself where it is like one of MNIST's: 28×28, white ink on black. */
function asMnist({ width, height, data }: Plane<Uint8Array>): Float32Array | null {
  if (width !== IMAGE_SIZE || height !== IMAGE_SIZE) return null;
  const edge = data.filter((_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return x === 0 || y === 0 || x === width - 1 || y === height - 1;
  });
  const edgeLevel = edge.reduce((sum, level) => sum + level, 0) / edge.length;
  if (edgeLevel >= MAX_EDGE_LEVEL || Math.max(...data) < MIN_PEAK_LEVEL) return null;
  return Float32Array.from(data, (level) => level / 255);
}

import type { Box } from '../box';
import { IMAGE_SIZE } from '../ink';
import { type Classify, type DigitReading, joinImages, type Reading, readDigit } from '../reading';
import { isSmall } from './paper/enlarge';
import { asMnist } from './paper/likeMnist';
import { findSheet } from './paper/sheet';
import { toGrey } from './paper/toGrey';
import type { Picture } from './picture';
import { findComponents } from './pieces/components';
import { findPieces } from './pieces/findPieces';
import { orderLines } from './pieces/orderLines';
import type { Plane } from './plane';
import { prepareInk } from './prepareInk';
import { type Candidate, classifyAll, joinNear, readLines } from './readPieces';
import { readSmall } from './readSmall';
import { median } from './statistics';

/** What is no digit is shown as an unsure one from this height, as a share of the line's, and this confidence on. */
const MIN_HEIGHT = 0.55;
const MIN_CONFIDENCE = 0.3;

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

const NO_REMARKS: Remarks = { turned: 0, linesRemoved: null, emptyBoxes: [], leftOut: 0, cutOff: 0, notRead: 0 };

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
  const read = (any: Plane<Uint8Array>) => readGrey(any, classify, confidenceThreshold);
  if (isSmall(grey)) return readSmall(grey, readAsMnist(grey, classify, confidenceThreshold), read);
  const sheet = findSheet(grey);
  return sheet === null ? read(grey) : moved(read(sheet.grey), sheet.box);
}

/** Read a picture that is like one of MNIST's as it is; null where it is not like them. */
function readAsMnist(grey: Plane<Uint8Array>, classify: Classify, confidenceThreshold: number): PictureReading | null {
  const image = asMnist(grey);
  if (image === null) return null;
  const box = { x: 0, y: 0, width: IMAGE_SIZE, height: IMAGE_SIZE };
  return assemble([classifyAll([{ box, image }], classify)], [IMAGE_SIZE], confidenceThreshold);
}

function readGrey(grey: Plane<Uint8Array>, classify: Classify, confidenceThreshold: number): PictureReading {
  const ink = prepareInk(grey);
  if (ink === null) return nothingRead('blank');
  const labelled = findComponents(ink.levels, ink.lowThreshold, ink.highThreshold);
  const found = findPieces(labelled.components, grey.width, grey.height);
  const source = { ...ink, ...labelled, classify };
  const lines = orderLines(joinNear(found, source), ink.ruled);
  const heights = lines.map(({ pieces }) => median(pieces.map(({ height }) => height)) as number);
  return assemble(readLines(lines, source), heights, confidenceThreshold);
}

/** Name what is sure, mark with `?` what may be a digit, and leave out the rest. */
function assemble(
  lines: readonly (readonly Candidate[])[],
  heights: readonly number[],
  confidenceThreshold: number,
): PictureReading {
  const shown = lines.map((line, i) =>
    line.flatMap((candidate) => {
      const [digit] = readDigit(candidate.probabilities, candidate.box, confidenceThreshold).digits as [DigitReading];
      const mayBeDigit =
        candidate.box.height >= MIN_HEIGHT * (heights[i] as number) && digit.confidence >= MIN_CONFIDENCE;
      return digit.digit !== null || mayBeDigit ? [{ candidate, digit }] : [];
    }),
  );
  const all = shown.flat();
  if (all.length === 0) return nothingRead('no-digit');
  const texts = shown.map((line) => line.map(({ digit }) => digit.digit ?? '?').join('')).filter((text) => text !== '');
  return {
    text: texts.join(''),
    digits: all.map(({ digit }) => digit),
    lines: texts,
    images: joinImages(all.map(({ candidate }) => candidate.image)),
    nothing: null,
    remarks: NO_REMARKS,
  };
}

function nothingRead(nothing: 'blank' | 'no-digit'): PictureReading {
  return { text: '', digits: [], lines: [], images: new Float32Array(0), nothing, remarks: NO_REMARKS };
}

/** A reading of a part of a picture, with boxes in the pixels of the whole. */
function moved(reading: PictureReading, { x, y }: Box): PictureReading {
  const digits = reading.digits.map((digit) => ({
    ...digit,
    box: { ...digit.box, x: digit.box.x + x, y: digit.box.y + y },
  }));
  return { ...reading, digits };
}

import type { Box } from '../box';
import { IMAGE_SIZE } from '../ink';
import { type Classify, type DigitReading, joinImages, type Reading, readDigit } from '../reading';
import { emptyBoxes } from './lines/cellRows';
import { toGrey } from './paper/toGrey';
import type { Picture } from './picture';
import { findComponents } from './pieces/components';
import { findPieces } from './pieces/findPieces';
import { orderLines } from './pieces/orderLines';
import type { Plane } from './plane';
import { prepareInk } from './prepareInk';
import { opposite, type QuarterTurn, turnBox, turnPlane } from './quarterTurn';
import { type Candidate, classifyAll, joinNear, type PieceSource, readLines } from './readPieces';
import { median } from './statistics';
import { partOf, type Steps } from './steps';
import { wayUp } from './wayUp';

/** A 28×28 picture is read as it is where its edge is darker than this on average and something is brighter than that. */
const MAX_EDGE_LEVEL = 48;
const MIN_PEAK_LEVEL = 30;

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

/** How a picture is to be read. */
export interface ReadOptions {
  /** Read it turned so; by default, the way up that reads most surely. */
  readonly turn?: QuarterTurn | undefined;
}

/**
 * Read the digits of a picture, line by line, from left to right.
 *
 * @param picture dark on light or light on dark, of a bounded size: memory holds several copies of it.
 * @param classify the network.
 * @param confidenceThreshold the confidence, between 0 and 1, that a digit must exceed to be named.
 * @throws PictureError where all of it is transparent.
 */
export function readPicture(
  picture: Picture,
  classify: Classify,
  confidenceThreshold: number,
  options?: ReadOptions,
): PictureReading {
  const steps = readPictureSteps(picture, classify, confidenceThreshold, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps: each yields how much is done, 0 to 1, and is short enough to let others work in between. */
export function* readPictureSteps(
  picture: Picture,
  classify: Classify,
  confidenceThreshold: number,
  { turn }: ReadOptions = {},
): Steps<PictureReading> {
  const grey = toGrey(picture);
  const upright = turnPlane(grey, turn ?? 0);
  const image = asMnist(upright);
  if (image !== null) {
    const box = { x: 0, y: 0, width: IMAGE_SIZE, height: IMAGE_SIZE };
    const reading = assemble([classifyAll([{ box, image }], classify)], [IMAGE_SIZE], confidenceThreshold);
    return turnedBack(reading, grey, turn ?? 0);
  }
  yield 0.02;
  const source = findInk(upright, classify);
  if (source === null) return nothingRead('blank');
  yield 0.1;
  const turned = turn ?? wayUp(source);
  const turnedSource = turned === (turn ?? 0) ? source : findInk(turnPlane(grey, turned), classify);
  if (turnedSource === null) return nothingRead('blank');
  yield 0.2;
  const reading = yield* partOf(readInk(turnedSource, confidenceThreshold), 0.2, 1);
  return turnedBack(reading, grey, turned);
}

/** The ink of a picture as connected components; null where there is none. */
function findInk(grey: Plane<Uint8Array>, classify: Classify): PieceSource | null {
  const ink = prepareInk(grey);
  return ink && { ...ink, ...findComponents(ink.levels, ink.lowThreshold, ink.highThreshold), classify };
}

/** Read the ink of a picture that is the right way up. */
function* readInk(source: PieceSource, confidenceThreshold: number): Steps<PictureReading> {
  const { width, height } = source.levels;
  const found = findPieces(source.components, width, height, source.rows);
  const joined = yield* partOf(joinNear(found, source), 0, 0.4);
  const lines = orderLines(joined, source.ruled);
  const heights = lines.map(({ pieces }) => median(pieces.map((piece) => piece.height)) as number);
  const read = yield* partOf(readLines(lines, source), 0.4, 1);
  const reading = assemble(read, heights, confidenceThreshold);
  const remarks = { notRead: found.notRead, linesRemoved: source.linesRemoved };
  return {
    ...reading,
    remarks: { ...reading.remarks, ...remarks, emptyBoxes: emptyBoxes(source.rows, reading.digits) },
  };
}

/** A reading of a turned picture, with boxes on the picture as it was given. */
function turnedBack(reading: PictureReading, { width, height }: Plane, turned: QuarterTurn): PictureReading {
  if (turned === 0) return reading;
  const [across, down] = turned === 180 ? [width, height] : [height, width];
  const back = <Boxed extends { readonly box: Box }>(one: Boxed) => {
    return { ...one, box: turnBox(one.box, across, down, opposite(turned)) };
  };
  const remarks = { ...reading.remarks, turned, emptyBoxes: reading.remarks.emptyBoxes.map(back) };
  return { ...reading, digits: reading.digits.map(back), remarks };
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

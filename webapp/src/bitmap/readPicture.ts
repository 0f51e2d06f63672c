import { IMAGE_SIZE } from '../ink';
import type { Classify } from '../reading';
import { assemble } from './assemble';
import { emptyBoxes } from './lines/cellRows';
import { isSmall } from './paper/enlarge';
import { asMnist } from './paper/likeMnist';
import { findSheet } from './paper/sheet';
import { toGrey } from './paper/toGrey';
import type { Picture } from './picture';
import { nothingRead, type PictureReading, withBoxes } from './pictureReading';
import { findComponents } from './pieces/components';
import { findPieces } from './pieces/findPieces';
import { joinRows, orderLines } from './pieces/orderLines';
import { separateCells } from './pieces/separateCells';
import { separateRows } from './pieces/separateRows';
import { orderWithSuperscripts } from './pieces/superscripts';
import type { Plane } from './plane';
import { prepareInk } from './prepareInk';
import { opposite, type QuarterTurn, turnBox, turnPlane } from './quarterTurn';
import { classifyAll, joinNear, type PieceSource, readLines } from './readPieces';
import { readSmall } from './readSmall';
import { median } from './statistics';
import { partOf, type Steps, toTheEnd } from './steps';
import { wayUp } from './wayUp';

/** The stages of a reading, and how much is done after each; a small picture has only the last. */
export const STAGE_ENDS = { sheet: 0.02, ink: 0.1, wayUp: 0.2, pieces: 0.5, digits: 1 } as const;

/** A picture of more pieces is not read again in other ways up: many decide well by a sample. */
const MAX_DOUBTFUL = 24;

/** So many digits, of which each is so sure, are no letters that lie on their side: chosen on letters of validation writers. */
const MIN_TURNED = 3;
const MIN_TURNED_CONFIDENCE = 0.9;

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
  return toTheEnd(readPictureSteps(picture, classify, confidenceThreshold, options));
}

/** The same in steps: each yields how much is done, 0 to 1, and is short enough to let others work in between. */
export function* readPictureSteps(
  picture: Picture,
  classify: Classify,
  confidenceThreshold: number,
  { turn }: ReadOptions = {},
): Steps<PictureReading> {
  const grey = toGrey(picture);
  if (isSmall(grey)) {
    const upright = turnPlane(grey, turn ?? 0);
    const read = (any: Plane<Uint8Array>) => {
      const source = findInk(any, classify);
      return source ? toTheEnd(readInk(source, confidenceThreshold)) : nothingRead('blank');
    };
    const reading = readSmall(upright, readAsMnist(upright, classify, confidenceThreshold), read);
    return turnedBack(reading, grey, turn ?? 0);
  }
  const sheet = findSheet(grey);
  yield STAGE_ENDS.sheet;
  if (sheet === null) return yield* readPaper(grey, classify, confidenceThreshold, turn);
  const { x, y } = sheet.box;
  const reading = yield* readPaper(sheet.grey, classify, confidenceThreshold, turn);
  return withBoxes(reading, (box) => ({ ...box, x: box.x + x, y: box.y + y }));
}

/** Read a picture that is like one of MNIST's as it is; null where it is not like them. */
function readAsMnist(grey: Plane<Uint8Array>, classify: Classify, confidenceThreshold: number): PictureReading | null {
  const image = asMnist(grey);
  if (image === null) return null;
  const box = { x: 0, y: 0, width: IMAGE_SIZE, height: IMAGE_SIZE };
  return assemble([classifyAll([{ box, image }], classify)], [IMAGE_SIZE], confidenceThreshold, null);
}

/** Read a picture of which all is paper, the right way up. */
function* readPaper(
  grey: Plane<Uint8Array>,
  classify: Classify,
  confidenceThreshold: number,
  turn?: QuarterTurn,
): Steps<PictureReading> {
  const source = findInk(turnPlane(grey, turn ?? 0), classify);
  if (source === null) return nothingRead('blank');
  yield STAGE_ENDS.ink;
  const turned = turn ?? wayUp(source);
  const turnedSource = turned === (turn ?? 0) ? source : findInk(turnPlane(grey, turned), classify);
  if (turnedSource === null) return nothingRead('blank');
  yield STAGE_ENDS.wayUp;
  const reading = yield* partOf(readInk(turnedSource, confidenceThreshold), STAGE_ENDS.wayUp, STAGE_ENDS.digits);
  const inDoubt = turn === undefined && turned === 0 && isMostlyLeftOut(reading);
  const other = inDoubt ? yield* readTurned(grey, classify, confidenceThreshold) : null;
  return other ?? turnedBack(reading, grey, turned);
}

/** Whether so little of a small picture is a digit that it may be the wrong way up. */
function isMostlyLeftOut({ digits, remarks: { leftOut } }: PictureReading): boolean {
  const count = digits.length + leftOut;
  return leftOut >= digits.length && count >= 2 && count <= MAX_DOUBTFUL;
}

/** Read a picture in the ways up that it is not in, until all of it is digits, and enough of them; null where it never is. */
function* readTurned(
  grey: Plane<Uint8Array>,
  classify: Classify,
  confidenceThreshold: number,
): Steps<PictureReading | null> {
  for (const turned of [180, 90, 270] as const) {
    const source = findInk(turnPlane(grey, turned), classify);
    if (source === null) continue;
    const reading = yield* partOf(readInk(source, confidenceThreshold), STAGE_ENDS.digits, STAGE_ENDS.digits);
    const { digits, text, remarks } = reading;
    const sure = !text.includes('?') && digits.every(({ confidence }) => confidence >= MIN_TURNED_CONFIDENCE);
    if (sure && digits.length >= MIN_TURNED && remarks.leftOut === 0) return turnedBack(reading, grey, turned);
  }
  return null;
}

/** The ink of a picture as connected components; null where there is none. */
function findInk(grey: Plane<Uint8Array>, classify: Classify): PieceSource | null {
  const ink = prepareInk(grey);
  return ink && { ...ink, ...findComponents(ink.levels, ink.lowThreshold, ink.highThreshold), classify };
}

/** Read the ink of a picture that is the right way up. */
function* readInk(ink: PieceSource, confidenceThreshold: number): Steps<PictureReading> {
  const source = separateCells(separateRows(ink));
  const pieced = (STAGE_ENDS.pieces - STAGE_ENDS.wayUp) / (STAGE_ENDS.digits - STAGE_ENDS.wayUp);
  const { width, height } = source.levels;
  const found = findPieces(source.components, width, height, source.rows);
  const joined = yield* partOf(joinNear(found, source), 0, pieced);
  yield pieced;
  const lines = orderWithSuperscripts(joined, (pieces) => joinRows(orderLines(pieces, source.ruled), source.rows));
  const heights = lines.map(({ pieces }) => median(pieces.map((piece) => piece.height)) as number);
  const read = yield* partOf(readLines(lines, source), pieced, 1);
  const reading = assemble(read, heights, confidenceThreshold, source.levels);
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
  const back = withBoxes(reading, (box) => turnBox(box, across, down, opposite(turned)));
  return { ...back, remarks: { ...back.remarks, turned } };
}

import type { Box } from '../../box';
import { bow } from './bow';
import { lean } from './lean';

/** Leans of slashes and of 1s, columns for each row up: their middle and spread; by so much of the lean of its line it leans anyway. */
const SLASH = { lean: 0.58, spread: 0.11, height: 0.2, heightSpread: 0.12 };
const ONE = { lean: 0.12, spread: 0.25, height: 0, heightSpread: 0.1 };

/** How much commoner a slash is among signs than a 1 is among digits, as a logarithm. */
const COMMONER = 1;

/** A single stroke that bends more, as a share of its height, is no slash. */
const MAX_BOW = 0.06;

/** The log odds of what a picture's edge cuts off, the only ink there: of a pen or a thing beside the sheet against a 1. */
const ODDS_AT_EDGE = 6.5;

/** A line of one piece is beside the edge if it is no further away than this share of its height. */
const NEAR = 0.25;

/** No evidence: the log odds that count for nothing. */
const NONE = -Infinity;

/** Of a picture, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The log odds of a slash against a 1, of what is read as a 1: it leans more than its line, and is higher.
 *
 * @param ratio its height as a share of that of the line's digits.
 * @param usual the lean of the line's other digits.
 */
export function oddsOfSlash(image: Float32Array, ratio: number, usual: number): number {
  const bent = bow(image);
  if (bent === null || Math.abs(bent) > MAX_BOW) return NONE;
  const leans = lean(image) - Math.max(usual, 0);
  const off = (value: number, middle: number, spread: number) =>
    -(((value - middle) / spread) ** 2) / 2 - Math.log(spread);
  const high = Math.log(ratio);
  return (
    COMMONER +
    off(Math.min(leans, SLASH.lean), SLASH.lean, SLASH.spread) -
    off(leans, ONE.lean, ONE.spread) +
    off(Math.min(high, SLASH.height), SLASH.height, SLASH.heightSpread) -
    off(Math.min(high, 0.35), ONE.height, ONE.heightSpread)
  );
}

/**
 * The log odds of what shows beside the sheet against a 1, for each piece of lines: it alone touches the picture's edge, or it
 * alone is a line of its own beside the edge.
 */
export function oddsAtEdge(lines: readonly (readonly { box: Box }[])[], picture: Size | null): number[][] {
  const boxes = (some: typeof lines) => some.flatMap((line) => line.map(({ box }) => box));
  const strays = picture && [
    onlyOne(boxes(lines), (box) => touches(box, picture)),
    onlyOne(boxes(lines.filter((line) => line.length === 1)), (box) => touches(box, picture, NEAR * box.height)),
  ];
  return lines.map((line) => line.map(({ box }) => (strays?.includes(box) ? ODDS_AT_EDGE : NONE)));
}

/** The one that fits; undefined where none or several do. */
function onlyOne<Kind>(all: readonly Kind[], fits: (one: Kind) => boolean): Kind | undefined {
  const fitting = all.filter(fits);
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** Whether ink reaches the edge of the picture, or to so many pixels from it. */
export function touches({ x, y, width, height }: Box, picture: Size, distance = 0): boolean {
  const [right, bottom] = [picture.width - x - width, picture.height - y - height];
  return Math.min(x, y, right, bottom) <= distance;
}

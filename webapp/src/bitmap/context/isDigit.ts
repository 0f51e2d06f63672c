import type { Box } from '../../box';
import { weightedMedian } from '../statistics';
import { bow } from './bow';
import { lean } from './lean';
import { oddsAtEdge, oddsOfSlash, type Size } from './strayOne';

/** What was read, as far as it tells whether it is a digit. */
export interface Read {
  readonly box: Box;
  readonly image: Float32Array;
  readonly probabilities: readonly number[];
  readonly confidence: number;
  /** The piece that it was cut from; absent where it is a whole one. */
  readonly cutFrom?: object;
}

/**
 * The log odds of what is no digit against a digit, by the network's confidence up to a bound: measured on letters and on
 * digits of validation writers, on made photos.
 */
const ODDS_OF_CONFIDENCE: readonly (readonly [bound: number, logOdds: number])[] = [
  [0.3, 7],
  [0.45, 5],
  [0.8, 2.4],
  [0.95, 1.7],
  [0.99, 1],
  [0.999, -0.1],
  [0.9999, -1.4],
  [1, -3.2],
];

/** What letters and signs look like more often, and less often, than digits do: added to that, by the digit; measured too. */
const ODDS_OF_LOOKS = [1, 0.8, 0.2, -0.8, -2, 0.7, 0, -1, -2.5, 0.2];

/**
 * A bracket bends to one side, and is read as a 1. The log odds against a 1 rise with its bow, a share of its height, from
 * the first to the second; then they are the third.
 */
const BOW = { from: 0.05, to: 0.12, odds: 3 };

/** Heights of a line's digits spread so, as a natural logarithm; those of letters and signs so; the odds are bounded. */
const SPREAD = 0.2;
const SPREAD_OF_OTHERS = 0.55;
const MAX_ODDS_OF_HEIGHT = 5;

/** A superscript is lower than this share of its base; its lower end, in heights of the base below the base's upper end. */
const MAX_RAISED = 0.75;
const LOWEST_RAISED = 0.55;

/** A picture holds digits before all else: so much of its ink is none, and so many pieces that count weighs. */
const SHARE_OF_OTHERS = 0.02;
const WEIGHT_OF_SHARE = 4;

/** How often a piece is of its neighbour's kind for that reason alone, by the gap between them in heights of a digit. */
const STAYS: readonly (readonly [gap: number, share: number])[] = [
  [0.15, 0.75],
  [0.3, 0.5],
  [1, 0.2],
];

/** Letters that are cut into parts look like digits: the log odds of that, and how often all parts of a piece are of a kind. */
const ODDS_OF_PART = 2;
const PARTS_STAY = 0.95;

/** A bracket is so much higher than digits, and narrower than this share of its height. */
const BRACKET = { height: 1.2, aspect: 0.55 };

const ROUNDS = 4;

/**
 * How likely each piece of a picture is a digit, 0 to 1, line by line, by the network's confidence, by its height among the
 * line's digits, and by its neighbours: a letter stands among letters. A hidden Markov chain of two states along each
 * line, with forward and backward probabilities (Baum, Petrie, Soules and Weiss, 1970); the share of what is no digit is
 * estimated from the picture itself.
 *
 * @param picture whose edge may cut what is no digit; null where the picture is the digit itself.
 */
export function isDigit(lines: readonly (readonly Read[])[], picture: Size | null = null): number[][] {
  let likely = lines.map((line) => line.map(() => 1));
  const count = likely.flat().length;
  if (count < 2) return likely; // alone, only the network tells
  const onePiece = isOnePiece(lines); // a letter has others beside it
  const own = lines.map((line) => line.map((one) => oddsOfLooks(one) + (one.cutFrom && !onePiece ? ODDS_OF_PART : 0)));
  const atEdge = oddsAtEdge(lines, picture);
  let others = SHARE_OF_OTHERS;
  for (let round = 0; round < ROUNDS; round++) {
    const before = likely;
    likely = lines.map((line, i) => {
      const height = round > 0 ? heightOfDigits(line, before[i] as number[]) : null;
      const leans = height === null ? 0 : leanOfDigits(line, before[i] as number[]);
      const stray = line.map((one, k) => {
        if (one.probabilities.indexOf(one.confidence) !== 1) return -Infinity;
        const slash = height === null ? -Infinity : oddsOfSlash(one.image, one.box.height / height, leans);
        return Math.max(slash, atEdge[i]?.[k] as number);
      });
      const odds = line.map((one, k) => {
        const comparable = height !== null && !isRaised(line, k);
        const letter = (own[i]?.[k] as number) + (comparable ? oddsOfHeight(one.box.height / height) : 0);
        return Math.log(Math.exp(letter) + Math.exp(stray[k] as number));
      });
      const single = line.map((one, k) => (stray[k] as number) > 0 || isBracket(one.box, height ?? one.box.height));
      return alongLine(line, odds, others, height, single, onePiece);
    });
    const none = likely.flat().reduce((sum, one) => sum + 1 - one, 0);
    others = (none + WEIGHT_OF_SHARE * SHARE_OF_OTHERS) / (count + WEIGHT_OF_SHARE);
  }
  return likely;
}

/** Whether all that was read are parts of one piece. */
export function isOnePiece(lines: readonly (readonly Read[])[]): boolean {
  return new Set(lines.flat().map((one) => one.cutFrom ?? one)).size === 1;
}

/** The log odds against a digit by the network's answer alone, and by the shape of what it takes for a 1. */
function oddsOfLooks({ probabilities, confidence, image }: Read): number {
  const digit = probabilities.indexOf(confidence);
  const [, odds] = ODDS_OF_CONFIDENCE.find(([bound]) => confidence <= bound) as readonly [number, number];
  return odds + (ODDS_OF_LOOKS[digit] as number) + (digit === 1 ? oddsOfBow(Math.abs(bow(image) ?? 0)) : 0);
}

function oddsOfBow(bent: number): number {
  return BOW.odds * Math.min(Math.max((bent - BOW.from) / (BOW.to - BOW.from), 0), 1);
}

/** The middle height of a line's likely digits; null where there is none. */
function heightOfDigits(line: readonly Read[], likely: readonly number[]): number | null {
  const digits = line.map(({ box }, i) => ({ value: box.height, weight: likely[i] as number }));
  return weightedMedian(digits.filter(({ weight }) => weight > 0.5));
}

/** The middle lean of a line's likely digits. */
function leanOfDigits(line: readonly Read[], likely: readonly number[]): number {
  const digits = line.filter((_, i) => (likely[i] as number) > 0.5);
  return weightedMedian(digits.map(({ image }) => ({ value: lean(image), weight: 1 }))) ?? 0;
}

/** Whether a piece is lower than the last one that is not raised itself, and stands in its upper half: a superscript. */
function isRaised(line: readonly Read[], place: number): boolean {
  const { y, height } = (line[place] as Read).box;
  const base = line.slice(0, place).findLast(({ box }) => height <= MAX_RAISED * box.height)?.box;
  return base !== undefined && y + height <= base.y + LOWEST_RAISED * base.height;
}

/** The log odds against a digit whose height is `ratio` times that of the line's digits. */
function oddsOfHeight(ratio: number): number {
  const off = Math.log(ratio) ** 2 / 2;
  const odds = off / SPREAD ** 2 - off / SPREAD_OF_OTHERS ** 2 + Math.log(SPREAD / SPREAD_OF_OTHERS);
  return Math.min(odds, MAX_ODDS_OF_HEIGHT);
}

/**
 * Forward and backward along a line: how likely each is a digit.
 *
 * @param single what tells nothing of its neighbours, as a bracket or a slash.
 * @param ofOnePiece whether all are parts of one piece, with no other ink to compare.
 */
function alongLine(
  line: readonly Read[],
  odds: readonly number[],
  others: number,
  height: number | null,
  single: readonly boolean[],
  ofOnePiece: boolean,
): number[] {
  const ratios = odds.map((one) => Math.exp(Math.min(Math.max(one, -30), 30)));
  const stays = line.map((one, i) => {
    return i === 0 || single[i - 1] || single[i]
      ? 0
      : stay(line[i - 1] as Read, one, height ?? one.box.height, ofOnePiece);
  });
  const forward: number[] = [];
  for (const [i, ratio] of ratios.entries()) {
    const before = (stays[i] as number) * (forward[i - 1] ?? 0) + (1 - (stays[i] as number)) * others;
    forward.push(noDigit(before, ratio));
  }
  // What follows tells of each: the odds that all later ones are as they are, if it is no digit or a digit.
  let later = 1;
  const likely: number[] = [];
  for (let i = line.length - 1; i >= 0; i--) {
    const here = forward[i] as number;
    likely[i] = 1 - noDigit(here, later);
    if (i === 0) break;
    const weight = later * (ratios[i] as number);
    const share = stays[i] as number;
    const ifNone = share * weight + (1 - share) * (others * weight + 1 - others);
    const ifDigit = share + (1 - share) * (others * weight + 1 - others);
    later = ifNone / ifDigit;
  }
  return likely;
}

/** A probability after evidence that is `ratio` times as likely with it as without. */
function noDigit(before: number, ratio: number): number {
  return (before * ratio) / (before * ratio + 1 - before);
}

/** How often a piece is of the kind of the one before it: a sign in a formula stands among digits. */
function stay(before: Read, one: Read, height: number, ofOnePiece: boolean): number {
  if (!ofOnePiece && one.cutFrom !== undefined && one.cutFrom === before.cutFrom) return PARTS_STAY;
  const gap = (one.box.x - before.box.x - before.box.width) / height;
  return STAYS.find(([bound]) => gap < bound)?.[1] ?? 0;
}

function isBracket({ width, height }: Box, usual: number): boolean {
  return height > BRACKET.height * usual && width < BRACKET.aspect * height;
}

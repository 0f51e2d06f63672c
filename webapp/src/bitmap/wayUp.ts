import { overlapX, overlapY } from '../box';
import { classifyImages } from '../reading';
import { toDigit } from './digits/toDigit';
import type { Component } from './pieces/components';
import { cutOut } from './pieces/softInk';
import { type QuarterTurn, turnPlane } from './quarterTurn';
import type { PieceSource } from './readPieces';
import { median, weightedMedian } from './statistics';

/** How many pieces of ink decide. */
const SAMPLE = 16;

/** A piece may be a digit where its longer side lies between these shares of the usual one. */
const SMALLEST = 0.5;
const LARGEST = 2;

/** Thinner ink, by its longer side, does not count: a 1 says nothing of 180 degrees, and a dash turned by 90 becomes one. */
const MIN_ASPECT = 1 / 3;

/** The gap between the halves of a broken digit, by the longer side of the larger one. */
const MAX_GAP = 0.3;

/**
 * By how much the logarithms of all confidences together must be higher in the picture turned; for two pieces, which two
 * signs that are no digits may be, by more. Chosen on validation digits: of 680 upright pictures none was turned but two of words.
 */
const MIN_GAIN = 0.3;
const MIN_GAIN_OF_TWO = 2;

/** Half of the pieces must be read at least so surely in the picture turned. */
const MIN_MEDIAN = 0.95;

/** The digits that are digits upside down, and which: they don't tell which way up is right. */
const HALF_TURNED: Readonly<Record<number, number>> = { 0: 0, 1: 1, 6: 9, 8: 8, 9: 6 };

/** A piece that can't be read at all counts as one that is read so surely: one such piece does not decide alone. */
const MIN_CONFIDENCE = 0.05;

/**
 * How a picture must be turned so that its digits stand upright: the way up in which a sample of them is read most surely
 * together, and as it is where no other is clearly better. One digit alone is never turned.
 */
export function wayUp({ components, ...source }: PieceSource): QuarterTurn {
  const sample = sampleDigits(components);
  if (sample.length < 2 || areHalves(sample)) return 0;
  const cuts = sample.map(({ label, ...place }) => cutOut({ ...place, labels: [label] }, { ...source, components }));
  const minGain = cuts.length === 2 ? MIN_GAIN_OF_TWO : MIN_GAIN;
  const readAt = (turned: QuarterTurn): Likeliest[] => {
    const images = cuts.map((ink) => toDigit(turnPlane(ink, turned), 0));
    return classifyImages(images, source.classify).map((probabilities) => {
      const confidence = Math.max(...probabilities);
      return { digit: probabilities.indexOf(confidence), confidence };
    });
  };
  const asItIs = readAt(0);
  if (-sureness(asItIs) < minGain) return 0; // no other can be better by so much
  let best: { turned: QuarterTurn; gain: number } = { turned: 0, gain: minGain };
  for (const turned of [90, 180, 270] as const) {
    const other = readAt(turned);
    if ((median(other.map(({ confidence }) => confidence)) as number) < MIN_MEDIAN) continue;
    const tells = (_: Likeliest, i: number) => {
      return turned !== 180 || HALF_TURNED[asItIs[i]?.digit as number] !== other[i]?.digit;
    };
    const gain = sureness(other.filter(tells)) - sureness(asItIs.filter(tells));
    if (gain > best.gain) best = { turned, gain };
  }
  return best.turned;
}

/** What a piece is read as. */
interface Likeliest {
  readonly digit: number;
  readonly confidence: number;
}

/** Whether there are two pieces that nearly touch: the halves of a broken 0 look like two 1s when they are turned. */
function areHalves([one, other, ...more]: readonly Component[]): boolean {
  if (one === undefined || other === undefined || more.length > 0) return false;
  const gap = Math.max(-overlapX(one, other), -overlapY(one, other));
  return gap < MAX_GAP * Math.max(sizeOf(one), sizeOf(other));
}

function sizeOf({ width, height }: Component): number {
  return Math.max(width, height);
}

/** The logarithm of the probability that all are digits. */
function sureness(read: readonly Likeliest[]): number {
  return read.reduce((sum, { confidence }) => sum + Math.log(Math.max(confidence, MIN_CONFIDENCE)), 0);
}

/** Components that are likely digits whichever way up the picture is, from all over it. */
function sampleDigits(components: readonly Component[]): Component[] {
  const usual = weightedMedian(components.map((one) => ({ value: sizeOf(one), weight: sizeOf(one) ** 2 }))) ?? 0;
  const likely = components.filter((one) => {
    const size = sizeOf(one);
    const thin = Math.min(one.width, one.height) < MIN_ASPECT * size;
    return !thin && size >= SMALLEST * usual && size <= LARGEST * usual;
  });
  const count = Math.min(likely.length, SAMPLE);
  return Array.from({ length: count }, (_, i) => likely[Math.floor(((i + 0.5) * likely.length) / count)] as Component);
}

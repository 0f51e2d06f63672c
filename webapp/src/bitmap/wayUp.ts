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

/**
 * By how much the logarithms of all confidences together must be higher in the picture turned; for two pieces, which two
 * signs that are no digits may be, by more. Chosen on validation digits: of 680 upright pictures none was turned but two of words.
 */
const MIN_GAIN = 0.3;
const MIN_GAIN_OF_TWO = 2;

/** Half of the pieces must be read at least so surely in the picture turned. */
const MIN_MEDIAN = 0.95;

/** A piece that can't be read at all counts as one that is read so surely: one such piece does not decide alone. */
const MIN_CONFIDENCE = 0.05;

/**
 * How a picture must be turned so that its digits stand upright: the way up in which a sample of them is read most surely
 * together, and as it is where no other is clearly better. A 6 is a 9 turned: one digit alone is never turned.
 */
export function wayUp({ components, ...source }: PieceSource): QuarterTurn {
  const cuts = sampleDigits(components).map(({ label, ...place }) => {
    return cutOut({ ...place, labels: [label] }, { ...source, components });
  });
  if (cuts.length < 2) return 0;
  const minGain = cuts.length === 2 ? MIN_GAIN_OF_TWO : MIN_GAIN;
  const confidencesAt = (turned: QuarterTurn) => {
    const images = cuts.map((ink) => toDigit(turnPlane(ink, turned), 0));
    return classifyImages(images, source.classify).map((probabilities) => Math.max(...probabilities));
  };
  const asItIs = sureness(confidencesAt(0));
  if (asItIs > -minGain) return 0; // none can be better by so much
  let best: { turned: QuarterTurn; sureness: number } = { turned: 0, sureness: asItIs + minGain };
  for (const turned of [90, 180, 270] as const) {
    const confidences = confidencesAt(turned);
    const sure = sureness(confidences);
    if (sure < best.sureness || (median(confidences) as number) < MIN_MEDIAN) continue;
    best = { turned, sureness: sure };
  }
  return best.turned;
}

/** The logarithm of the probability that all are digits. */
function sureness(confidences: readonly number[]): number {
  return confidences.reduce((sum, confidence) => sum + Math.log(Math.max(confidence, MIN_CONFIDENCE)), 0);
}

/** Components that are likely digits whichever way up the picture is, from all over it. */
function sampleDigits(components: readonly Component[]): Component[] {
  const sizeOf = ({ width, height }: Component) => Math.max(width, height);
  const usual = weightedMedian(components.map((one) => ({ value: sizeOf(one), weight: sizeOf(one) ** 2 }))) ?? 0;
  const likely = components.filter((one) => {
    const size = sizeOf(one);
    const thin = Math.min(one.width, one.height) < MIN_ASPECT * size;
    return !thin && size >= SMALLEST * usual && size <= LARGEST * usual;
  });
  const count = Math.min(likely.length, SAMPLE);
  return Array.from({ length: count }, (_, i) => likely[Math.floor(((i + 0.5) * likely.length) / count)] as Component);
}

import type { DigitCandidate } from './candidate';
import { WEIGHTS } from './latticeWeights';

/** How much geometry speaks for a candidate. A path's score is the sum over its candidates. */
export function scoreGeometry(candidate: DigitCandidate): number {
  return weigh(geometryFeatures(candidate), WEIGHTS.geometry);
}

/** How much the network speaks for a candidate, by ten probabilities: 0 at certainty, else below. */
export function scoreNetwork(probabilities: ArrayLike<number>): number {
  const likeliest = Math.max(...Array.from(probabilities));
  const sureness = Math.log(1 - likeliest + LEAST_DOUBT) / Math.log(LEAST_DOUBT) - 1;
  return weigh([Math.log(likeliest), sureness], WEIGHTS.network);
}

/** Doubts below it make no difference. */
const LEAST_DOUBT = 1e-4;

/** What geometry says of a candidate: how much there is of what speaks for or against a digit. */
export function geometryFeatures(candidate: DigitCandidate): number[] {
  const { width, height, reach, apart, swallowed, interruptions, count, cuts = 0, joint } = candidate;
  const over = (value: number, limit: number) => Math.max(value - limit, 0);
  if (joint !== undefined) return [...Array(13).fill(0), joint];
  return [
    1,
    over(width, 0.9),
    over(0.75, height),
    over(0.4, height),
    reach,
    over(reach, 0.15),
    apart,
    swallowed / 2, // each pair is counted from both its sides
    interruptions,
    over(count, 1),
    over(count, 2),
    over(count, 3),
    cuts,
    0,
  ];
}

function weigh(features: readonly number[], weights: readonly number[]): number {
  return features.reduce((sum, feature, i) => sum + feature * (weights[i] as number), 0);
}

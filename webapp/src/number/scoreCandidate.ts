import type { DigitCandidate } from './candidate';
import { WEIGHTS } from './latticeWeights';

/** Smaller doubts make no difference. */
const MIN_DOUBT = 1e-4;

/** The geometry's score of a candidate. A path's score is the sum over its candidates. */
export function scoreGeometry(candidate: DigitCandidate): number {
  return weigh(geometryFeatures(candidate), WEIGHTS.geometry);
}

/** The network's score of a candidate, by ten probabilities: 0 at certainty, else below. */
export function scoreNetwork(probabilities: ArrayLike<number>): number {
  const likeliest = Math.max(...Array.from(probabilities));
  const doubt = Math.log(1 - likeliest + MIN_DOUBT) / Math.log(MIN_DOUBT) - 1;
  return weigh([Math.log(likeliest), doubt], WEIGHTS.network);
}

/** The features of a candidate's geometry, in the order of their weights. */
export function geometryFeatures(candidate: DigitCandidate): number[] {
  const { width, height, longestPenLift, count, connectorLength } = candidate;
  const over = (value: number, limit: number) => Math.max(value - limit, 0);
  if (connectorLength !== undefined) return [...Array(13).fill(0), connectorLength];
  return [
    1,
    over(width, 0.9),
    over(0.75, height),
    over(0.4, height),
    longestPenLift,
    over(longestPenLift, 0.15),
    candidate.sideBySide,
    candidate.overlapWithOthers / 2, // each pair is counted from both its sides
    candidate.interruptions,
    over(count, 1),
    over(count, 2),
    over(count, 3),
    candidate.cuts ?? 0,
    0,
  ];
}

function weigh(features: readonly number[], weights: readonly number[]): number {
  return features.reduce((sum, feature, i) => sum + feature * (weights[i] as number), 0);
}

import { answers, type Head, OUTPUTS } from './head';
import { dot } from './vectors';

/** Scale of the kernel, in cosine distance between the features of two examples. */
const BANDWIDTH = 0.1;
/** Weight of the original network's answer; an example that looks the same has weight 1. */
const MODEL_WEIGHT = 1;
/** Weight of the user's label, in the same unit. */
const USER_WEIGHT = 0.1;

/**
 * Estimate how reliable each label is, 0 to 1, because people mistap.
 *
 * A kernel density estimate of the label's probability. The original network, the user and the examples that look
 * similar vote, each with its weight. So a label that the network agrees with is reliable. A label that it contradicts
 * is reliable if similar examples have it too, slightly reliable if there are none, and hardly if they have another.
 *
 * @param features n×features of the examples.
 * @param labels n labels, 0 to 9 or NOT_A_DIGIT.
 */
export function labelReliability(original: Head, features: Float32Array, labels: readonly number[]): Float64Array {
  const count = labels.length;
  const width = original.kernel.length / OUTPUTS;
  const directions = labels.map((_, i) => unit(features.subarray(i * width, (i + 1) * width)));
  const probabilities = answers(original, features);
  const same = new Float64Array(count);
  const all = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      const cosine = dot(directions[i] as Float32Array, directions[j] as Float32Array);
      const similarity = Math.exp((cosine - 1) / BANDWIDTH);
      all[i] = (all[i] as number) + similarity;
      all[j] = (all[j] as number) + similarity;
      if (labels[i] !== labels[j]) continue;
      same[i] = (same[i] as number) + similarity;
      same[j] = (same[j] as number) + similarity;
    }
  }
  return all.map((weight, i) => {
    const agreed = probabilities[i * OUTPUTS + (labels[i] as number)] as number;
    return (MODEL_WEIGHT * agreed + USER_WEIGHT + (same[i] as number)) / (MODEL_WEIGHT + USER_WEIGHT + weight);
  });
}

function unit(row: Float32Array): Float32Array {
  const length = Math.sqrt(dot(row, row)) || 1;
  return row.map((value) => value / length);
}

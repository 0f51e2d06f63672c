import { answers, CLASSES, type Head, NOT_A_DIGIT } from './head';

/** How unlike two examples may be (one less the cosine between their features) to speak for or against each other. */
const REACH = 0.1;
/** What the original network's answer counts, in examples that look just the same. */
const ORIGINAL = 1;
/** What the user's own word counts, likewise. */
const WORD = 0.1;

/**
 * How far each example is to be believed, 0 to 1: people mistap.
 *
 * An estimate of the probability of its label by kernel density: the original network, the user's word and those of the
 * other examples that look like it vote, each with its weight. A label that the network would give too is believed; one
 * that it contradicts is believed as far as similar examples say the same, a little where there are none, and hardly where
 * they say otherwise.
 *
 * @param features n×features, of the examples.
 * @param labels n, 0 to 9 or NOT_A_DIGIT.
 */
export function trust(original: Head, features: Float32Array, labels: readonly number[]): Float64Array {
  const count = labels.length;
  const width = original.kernel.length / CLASSES;
  const directions = unitRows(features, width);
  const probabilities = answers(original, features);
  const same = new Float64Array(count);
  const all = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      let cosine = 0;
      for (let k = 0; k < width; k++) {
        cosine += (directions[i * width + k] as number) * (directions[j * width + k] as number);
      }
      const likeness = Math.exp((cosine - 1) / REACH);
      all[i] = (all[i] as number) + likeness;
      all[j] = (all[j] as number) + likeness;
      if (labels[i] !== labels[j]) continue;
      same[i] = (same[i] as number) + likeness;
      same[j] = (same[j] as number) + likeness;
    }
  }
  return all.map((weight, i) => {
    const label = labels[i] as number;
    const agreed = label === NOT_A_DIGIT ? evenness(probabilities, i) : (probabilities[i * CLASSES + label] as number);
    return (ORIGINAL * agreed + WORD + (same[i] as number)) / (ORIGINAL + WORD + weight);
  });
}

/** How far ten probabilities name no digit: 1 where none stands out, 0 where one has it all. */
function evenness(probabilities: Float32Array, row: number): number {
  const most = Math.max(...probabilities.subarray(row * CLASSES, (row + 1) * CLASSES));
  return (1 - most) / (1 - 1 / CLASSES);
}

function unitRows(values: Float32Array, width: number): Float32Array {
  const rows = values.slice();
  for (let at = 0; at < rows.length; at += width) {
    let square = 0;
    for (let k = 0; k < width; k++) square += (rows[at + k] as number) ** 2;
    const length = Math.sqrt(square) || 1;
    for (let k = 0; k < width; k++) rows[at + k] = (rows[at + k] as number) / length;
  }
  return rows;
}

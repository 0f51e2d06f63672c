import { CLASSES } from '../ink/image';

/** What the head answers: the ten digits, and no digit. */
export const OUTPUTS = CLASSES + 1;

/** The label of an example that is no digit, and its place among the outputs. */
export const NOT_A_DIGIT = CLASSES;

/** The last layer of the network that learns: features·kernel + bias, then softmax. */
export interface Head {
  /** features×11, row by row. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** Compute n×11 probabilities from n×features. */
export function answers(head: Head, features: Float32Array): Float32Array {
  return probabilitiesOf(logitsOf(head, features));
}

/** Compute n×11 logits from n×features; zeros, which are frequent, cost nothing. */
export function logitsOf({ kernel, bias }: Head, features: Float32Array): Float64Array {
  const width = kernel.length / OUTPUTS;
  const logits = new Float64Array((features.length / width) * OUTPUTS);
  for (let at = 0, out = 0; at < features.length; at += width, out += OUTPUTS) {
    logits.set(bias, out);
    for (let k = 0; k < width; k++) {
      const feature = features[at + k] as number;
      if (feature === 0) continue;
      for (let c = 0; c < OUTPUTS; c++)
        logits[out + c] = (logits[out + c] as number) + feature * (kernel[k * OUTPUTS + c] as number);
    }
  }
  return logits;
}

/** Make ten probabilities that sum to 1 of eleven: that of no digit goes to all ten alike, as export/fold.py has it. */
export function spread(probabilities: Float32Array): Float32Array {
  const each = (probabilities[NOT_A_DIGIT] as number) / CLASSES;
  return probabilities.subarray(0, CLASSES).map((probability) => probability + each);
}

/** Turn n×11 logits into n×11 probabilities. */
export function probabilitiesOf(logits: Float64Array): Float32Array {
  const result = logits.slice();
  for (let at = 0; at < result.length; at += OUTPUTS) softmax(result.subarray(at, at + OUTPUTS));
  return new Float32Array(result);
}

/** Turn logits into probabilities, in place; return the logarithm of the sum of their exponentials. */
export function softmax(logits: Float64Array): number {
  let most = -Infinity;
  for (const logit of logits) if (logit > most) most = logit;
  let sum = 0;
  for (let c = 0; c < logits.length; c++) {
    const e = Math.exp((logits[c] as number) - most);
    logits[c] = e;
    sum += e;
  }
  for (let c = 0; c < logits.length; c++) logits[c] = (logits[c] as number) / sum;
  return most + Math.log(sum);
}

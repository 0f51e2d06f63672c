/** Number of classes: the ten digits. */
export const CLASSES = 10;

/** The label of an example that is no digit. */
export const NOT_A_DIGIT = 10;

/** The last layer of the network: features·kernel + bias, then softmax. */
export interface Head {
  /** features×10, row by row. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** Compute n×10 probabilities from n×features. */
export function answers(head: Head, features: Float32Array): Float32Array {
  return probabilitiesOf(logitsOf(head, features));
}

/** Compute n×10 logits from n×features; zeros, which are frequent, cost nothing. */
export function logitsOf({ kernel, bias }: Head, features: Float32Array): Float64Array {
  const width = kernel.length / CLASSES;
  const logits = new Float64Array((features.length / width) * CLASSES);
  for (let at = 0, out = 0; at < features.length; at += width, out += CLASSES) {
    logits.set(bias, out);
    for (let k = 0; k < width; k++) {
      const feature = features[at + k] as number;
      if (feature === 0) continue;
      for (let c = 0; c < CLASSES; c++)
        logits[out + c] = (logits[out + c] as number) + feature * (kernel[k * CLASSES + c] as number);
    }
  }
  return logits;
}

/** Turn n×10 logits into n×10 probabilities. */
export function probabilitiesOf(logits: Float64Array): Float32Array {
  const result = logits.slice();
  for (let at = 0; at < result.length; at += CLASSES) softmax(result.subarray(at, at + CLASSES));
  return new Float32Array(result);
}

/** Turn ten logits into probabilities, in place; return the logarithm of the sum of their exponentials. */
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

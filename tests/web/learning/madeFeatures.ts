import { CLASSES } from '../../../webapp/src/ink';
import { type Head, OUTPUTS } from '../../../webapp/src/learning/head';

export const WIDTH = 16;

/** Repeatable chance, 0 to 1 (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A head that is sure of feature d for digit d; the six features beyond ten mean nothing to it. */
export const HEAD: Head = {
  kernel: Float32Array.from({ length: WIDTH * OUTPUTS }, (_, i) =>
    Math.floor(i / OUTPUTS) === i % OUTPUTS && i % OUTPUTS < CLASSES ? 6 : 0,
  ),
  bias: new Float32Array(OUTPUTS),
};

/** Features that look like `digit`, with some noise; `habit` lights a feature that means nothing yet. */
export function looksLike(digit: number, random: () => number, habit?: number): Float32Array {
  const features = Float32Array.from({ length: WIDTH }, () => Math.max(0, random() - 0.8));
  features[digit] = 1 + 0.2 * random();
  if (habit !== undefined) features[habit] = 1 + 0.2 * random();
  return features;
}

export function joined(rows: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(rows.length * WIDTH);
  for (const [i, row] of rows.entries()) all.set(row, i * WIDTH);
  return all;
}

/** `each` plain samples of every digit. */
export function plainDigits(each: number, random: () => number): { features: Float32Array; labels: number[] } {
  const labels = Array.from({ length: each * CLASSES }, (_, i) => i % CLASSES);
  return { features: joined(labels.map((label) => looksLike(label, random))), labels };
}

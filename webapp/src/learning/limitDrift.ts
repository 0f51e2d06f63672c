import { OUTPUTS, softmax } from './head';

/** The largest mean Kullback-Leibler divergence of the new answers from the old ones, in nats. */
const MAX_DIVERGENCE = 0.015;

/**
 * Find the largest share of a change, 0 to 1, that barely changes the answers.
 *
 * @param before n×11 logits.
 * @param after n×11 logits with the whole change.
 */
export function limitDrift(before: Float64Array, after: Float64Array): number {
  let share = 1;
  while (divergence(before, after, share) > MAX_DIVERGENCE) share *= 0.95;
  return share;
}

/** The mean divergence with a share of the change; 0 without answers. */
function divergence(before: Float64Array, after: Float64Array, share: number): number {
  const [was, is] = [new Float64Array(OUTPUTS), new Float64Array(OUTPUTS)];
  const moved = new Float64Array(OUTPUTS);
  let sum = 0;
  for (let at = 0; at < before.length; at += OUTPUTS) {
    for (let c = 0; c < OUTPUTS; c++) {
      was[c] = before[at + c] as number;
      moved[c] = share * ((after[at + c] as number) - (was[c] as number));
      is[c] = (was[c] as number) + (moved[c] as number);
    }
    sum -= softmax(was);
    sum += softmax(is);
    for (let c = 0; c < OUTPUTS; c++) sum -= (was[c] as number) * (moved[c] as number);
  }
  return (sum * OUTPUTS) / Math.max(before.length, 1);
}

import { CLASSES, softmax } from './head';

/** How far the answers may move: their mean Kullback-Leibler divergence from those before, in nats. */
const MOST_HARM = 0.03;

/**
 * The share of a change of logits, 0 to 1, that leaves the answers about where they were.
 *
 * @param before n×10 logits.
 * @param after n×10, with the whole change.
 */
export function shareKept(before: Float64Array, after: Float64Array): number {
  let share = 1;
  while (divergence(before, after, share) > MOST_HARM) share *= 0.95;
  return share;
}

/** The mean divergence of the answers with a share of the change; 0 where there are none. */
function divergence(before: Float64Array, after: Float64Array, share: number): number {
  const [was, is] = [new Float64Array(CLASSES), new Float64Array(CLASSES)];
  const moved = new Float64Array(CLASSES);
  let sum = 0;
  for (let at = 0; at < before.length; at += CLASSES) {
    for (let c = 0; c < CLASSES; c++) {
      was[c] = before[at + c] as number;
      moved[c] = share * ((after[at + c] as number) - (was[c] as number));
      is[c] = (was[c] as number) + (moved[c] as number);
    }
    sum -= softmax(was);
    sum += softmax(is);
    for (let c = 0; c < CLASSES; c++) sum -= (was[c] as number) * (moved[c] as number);
  }
  return (sum * CLASSES) / Math.max(before.length, 1);
}

/** Otsu's method (1979): the highest bin of the lower one of the two classes of a histogram that differ most. */
export function otsu(counts: Uint32Array): number {
  let total = 0;
  let sum = 0;
  for (const [bin, pixels] of counts.entries()) {
    total += pixels;
    sum += pixels * bin;
  }
  let best = { bin: 0, variance: -1 };
  let below = 0;
  let belowSum = 0;
  for (const [bin, pixels] of counts.entries()) {
    below += pixels;
    belowSum += pixels * bin;
    if (below === 0 || below === total) continue;
    const difference = belowSum / below - (sum - belowSum) / (total - below);
    const variance = below * (total - below) * difference * difference;
    if (variance > best.variance) best = { bin, variance };
  }
  return best.bin;
}

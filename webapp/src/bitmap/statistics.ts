/** The middle one of some values, the upper one of two; null where there is none. */
export function median(values: readonly number[]): number | null {
  return valueAt(values, 0.5) ?? null;
}

/** The value at `share`, 0 to 1, of some values in ascending order; undefined where there is none. */
export function valueAt(values: readonly number[], share: number): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(share * values.length)];
}

/** The largest value such that values at least as large have half of the weight or more; null without values. */
export function weightedMedian(values: readonly { readonly value: number; readonly weight: number }[]): number | null {
  const all = values.reduce((sum, { weight }) => sum + weight, 0);
  let sum = 0;
  for (const { value, weight } of [...values].sort((a, b) => b.value - a.value)) {
    sum += weight;
    if (2 * sum >= all) return value;
  }
  return null;
}

/** How many times the larger one of two numbers above 0 is the smaller one. */
export function timesLarger(one: number, other: number): number {
  return Math.max(one / other, other / one);
}

/** Count a value in a histogram. */
export function count(counts: Uint32Array, value: number): void {
  counts[value] = (counts[value] as number) + 1;
}

/** The value of a histogram at `share`, 0 to 1, of its `total` values in ascending order. */
export function quantile(
  counts: Uint32Array,
  share: number,
  total = counts.reduce((all, each) => all + each, 0),
): number {
  const below = Math.floor(share * (total - 1));
  let value = 0;
  for (let passed = counts[0] as number; passed <= below; passed += counts[value] as number) value++;
  return value;
}

/** Sum the products of corresponding elements. */
export function dot(one: Float32Array | Float64Array, other: Float32Array | Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i] as number) * (other[i] as number);
  return sum;
}

/** Add `scale` times `added` to `to`, in place. */
export function addScaled(to: Float64Array, added: Float64Array, scale: number): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] as number) + scale * (added[i] as number);
}

/** Subtract `other` from `one`. */
export function difference(one: Float64Array, other: Float64Array): Float64Array {
  return one.map((value, i) => value - (other[i] as number));
}

/** A line's place is told by so much of it on both sides, as a share of its length. */
const WINDOW = 0.12;

/** Places without the short ways aside that strokes beside a line lead it: each the mean of those near the median around it. */
export function smoothed(places: Float32Array): Float32Array {
  const most = Math.ceil(WINDOW * places.length);
  const around: number[] = []; // in order of size: places come and go one by one
  const orderOf = (value: number) => {
    let [low, high] = [0, around.length];
    while (low < high) {
      const half = (low + high) >> 1;
      if ((around[half] as number) < value) low = half + 1;
      else high = half;
    }
    return low;
  };
  let [from, to] = [0, 0];
  return places.map((_, k) => {
    const reach = Math.min(most, k, places.length - 1 - k);
    for (; to <= k + reach; to++) around.splice(orderOf(places[to] as number), 0, places[to] as number);
    for (; from < k - reach; from++) around.splice(orderOf(places[from] as number), 1);
    const middle = around[reach] as number;
    const first = orderOf(middle - 1);
    let [sum, end] = [0, first];
    while (end < around.length && (around[end] as number) <= middle + 1) sum += around[end++] as number;
    return sum / (end - first);
  });
}

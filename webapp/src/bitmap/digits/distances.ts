import { type SoftInk, transpose } from '../plane';

/**
 * The distance of each pixel to the nearest pixel of a mask, between their middles; Infinity where the mask is empty.
 *
 * Exact and in linear time (Felzenszwalb and Huttenlocher, 2012): the lower envelope of parabolas, column by column, then
 * row by row.
 */
export function distances(mask: Uint8Array, width: number, height: number): Float64Array {
  const data = Float64Array.from(mask, (inside) => (inside ? 0 : Infinity));
  const along = transpose(nearestInRows(transpose({ width, height, data })));
  return nearestInRows(along).data.map((square) => Math.sqrt(square));
}

/** For each pixel the least value in its row of `data[i] + (distance to i)²`. */
function nearestInRows({ width, height, data }: SoftInk): SoftInk {
  const out = new Float64Array(data.length).fill(Infinity);
  for (let y = 0; y < height; y++) {
    const row = [y * width, (y + 1) * width] as const;
    envelope(data.subarray(...row), out.subarray(...row));
  }
  return { width, height, data: out };
}

/** For each place of a line the least value of `line[i] + (place - i)²`; `out` is not changed where all is Infinity. */
function envelope(line: Float64Array, out: Float64Array): void {
  const apex: number[] = [];
  const from: number[] = [];
  for (const [i, height] of line.entries()) {
    if (height === Infinity) continue;
    let start = -Infinity;
    while (apex.length > 0) {
      const other = apex.at(-1) as number;
      start = (height + i * i - ((line[other] as number) + other * other)) / (2 * (i - other));
      if (start > (from.at(-1) as number)) break;
      apex.pop();
      from.pop();
      start = -Infinity;
    }
    apex.push(i);
    from.push(start);
  }
  if (apex.length === 0) return;
  let parabola = 0;
  for (let i = 0; i < line.length; i++) {
    while ((from[parabola + 1] ?? Infinity) < i) parabola++;
    const middle = apex[parabola] as number;
    out[i] = (line[middle] as number) + (i - middle) ** 2;
  }
}

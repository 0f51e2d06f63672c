/**
 * The distance of each pixel to the nearest pixel of a mask, between their middles; Infinity where the mask is empty.
 *
 * Exact and in linear time (Felzenszwalb and Huttenlocher, 2012): the lower envelope of parabolas, column by column, then
 * row by row.
 */
export function distances(mask: Uint8Array, width: number, height: number): Float64Array {
  const squares = new Float64Array(width * height);
  const longest = Math.max(width, height);
  const line = new Float64Array(longest);
  const out = new Float64Array(longest);
  const work = { apex: new Int32Array(longest), from: new Float64Array(longest + 1) };
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) line[y] = mask[y * width + x] ? 0 : Infinity;
    envelope(line, height, out, work);
    for (let y = 0; y < height; y++) squares[y * width + x] = out[y] as number;
  }
  for (let y = 0; y < height; y++) {
    line.set(squares.subarray(y * width, (y + 1) * width));
    envelope(line, width, out, work);
    for (let x = 0; x < width; x++) squares[y * width + x] = Math.sqrt(out[x] as number);
  }
  return squares;
}

/** For each place the least value of `line[i] + (place - i)²`. */
function envelope(
  line: Float64Array,
  length: number,
  out: Float64Array,
  { apex, from }: { apex: Int32Array; from: Float64Array },
): void {
  let last = -1;
  for (let i = 0; i < length; i++) {
    const height = line[i] as number;
    if (height === Infinity) continue;
    let start = -Infinity;
    while (last >= 0) {
      const other = apex[last] as number;
      start = (height + i * i - ((line[other] as number) + other * other)) / (2 * (i - other));
      if (start > (from[last] as number)) break;
      last--;
      start = -Infinity;
    }
    last++;
    apex[last] = i;
    from[last] = start;
  }
  if (last < 0) {
    out.fill(Infinity, 0, length);
    return;
  }
  let parabola = 0;
  for (let i = 0; i < length; i++) {
    while (parabola < last && (from[parabola + 1] as number) < i) parabola++;
    const middle = apex[parabola] as number;
    out[i] = (line[middle] as number) + (i - middle) ** 2;
  }
}

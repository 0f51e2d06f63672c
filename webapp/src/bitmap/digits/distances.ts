/**
 * The distance of each pixel to the nearest pixel of a mask, between their middles; Infinity where the mask is empty.
 *
 * Exact and in linear time (Felzenszwalb and Huttenlocher, 2012): within the columns by counting, then in each row as the
 * lower envelope of the parabolas that stand on the columns' squares.
 */
export function distances(mask: Uint8Array, width: number, height: number): Float64Array {
  const data = new Float64Array(mask.length);
  for (let x = 0; x < width; x++) nearestInColumn(data, mask, x, width);
  const scratch = { apex: new Int32Array(width), from: new Float64Array(width), row: new Float64Array(width) };
  for (let y = 0; y < height; y++) nearestInRow(data.subarray(y * width, (y + 1) * width), scratch);
  return data;
}

/** For each pixel of a column the distance to the nearest one of the mask in it. */
function nearestInColumn(data: Float64Array, mask: Uint8Array, x: number, width: number): void {
  let away = Infinity;
  for (let i = x; i < mask.length; i += width) {
    away = mask[i] ? 0 : away + 1;
    data[i] = away;
  }
  away = Infinity;
  for (let i = mask.length - width + x; i >= 0; i -= width) {
    away = mask[i] ? 0 : away + 1;
    if (away < (data[i] as number)) data[i] = away;
  }
}

/** Replace each distance of a row by the least `√(distance² + (place - i)²)`; all stay Infinity where all are. */
function nearestInRow(line: Float64Array, scratch: { apex: Int32Array; from: Float64Array; row: Float64Array }): void {
  const { apex, from, row } = scratch;
  let last = -1;
  for (let i = 0; i < line.length; i++) {
    const away = line[i] as number;
    row[i] = away * away;
    if (away === Infinity) continue;
    const height = (row[i] as number) + i * i;
    let start = -Infinity;
    while (last >= 0) {
      const other = apex[last] as number;
      start = (height - (row[other] as number) - other * other) / (2 * (i - other));
      if (start > (from[last] as number)) break;
      last--;
      start = -Infinity;
    }
    last++;
    apex[last] = i;
    from[last] = start;
  }
  if (last < 0) return;
  for (let i = 0, parabola = 0; i < line.length; i++) {
    while (parabola < last && (from[parabola + 1] as number) < i) parabola++;
    const middle = apex[parabola] as number;
    line[i] = Math.sqrt((row[middle] as number) + (i - middle) ** 2);
  }
}

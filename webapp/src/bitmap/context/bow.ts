import { IMAGE_SIZE } from '../../ink';

/** What bends stands at least so high in the network's image, in rows of its 28. */
const MIN_ROWS = 14;

/** A single stroke has one run of ink in all rows but this share. */
const MAX_BRANCHED = 0.1;

/**
 * How far a single stroke from top to bottom bends to one side, as a share of its height: the mean distance of its middle
 * half from the line through its ends; to the right above 0. Null where the ink is not one stroke from top to bottom.
 */
export function bow(image: Float32Array): number | null {
  const middles: number[] = [];
  let branched = 0;
  for (let y = 0; y < IMAGE_SIZE; y++) {
    let mass = 0;
    let moment = 0;
    let runs = 0;
    for (let x = 0; x < IMAGE_SIZE; x++) {
      const level = image[y * IMAGE_SIZE + x] as number;
      mass += level;
      moment += level * (x + 0.5);
      if (level > 0.5 && (x === 0 || (image[y * IMAGE_SIZE + x - 1] as number) <= 0.5)) runs++;
    }
    if (runs === 0) continue;
    if (runs > 1) branched++;
    middles.push(moment / mass);
  }
  const rows = middles.length;
  if (rows < MIN_ROWS || branched > MAX_BRANCHED * rows) return null;
  const at = (row: number) => middles[row] as number;
  const [top, bottom] = [(at(0) + at(1)) / 2, (at(rows - 1) + at(rows - 2)) / 2];
  const quarter = Math.floor(rows / 4);
  let sum = 0;
  for (let row = quarter; row < rows - quarter; row++) sum += at(row) - (top + ((bottom - top) * row) / (rows - 1));
  return sum / (rows - 2 * quarter) / rows;
}

import { IMAGE_SIZE } from '../../ink';

/** The ink that speaks most for a digit and most against it: 0 to 8, row by row, of nine parts; null where none does. */
export interface HeatPlaces {
  readonly most: number | null;
  readonly least: number | null;
}

/** Log-odds that are worth a word: the odds change by half. */
const WORTH = 0.4;

/** Find the ninths of the ink's own box in which 784 values of heat are highest and lowest. */
export function heatPlaces(heat: Float32Array): HeatPlaces {
  const inked = [...heat.keys()].filter((place) => heat[place] !== 0);
  if (inked.length === 0) return { most: null, least: null };
  const xs = inked.map((place) => place % IMAGE_SIZE);
  const ys = inked.map((place) => Math.floor(place / IMAGE_SIZE));
  const third = (value: number, all: readonly number[]) => {
    const [from, to] = [Math.min(...all), Math.max(...all)];
    return to - from < 6 ? 1 : Math.min(2, Math.floor((3 * (value - from)) / (to - from)));
  };
  const sums = new Float32Array(9);
  const counts = new Float32Array(9);
  for (const [i, place] of inked.entries()) {
    const part = 3 * third(ys[i] as number, ys) + third(xs[i] as number, xs);
    sums[part] = (sums[part] as number) + (heat[place] as number);
    counts[part] = (counts[part] as number) + 1;
  }
  const means = sums.map((sum, part) => sum / Math.max(counts[part] as number, 1));
  const [highest, lowest] = [Math.max(...means), Math.min(...means)];
  return {
    most: highest > WORTH ? means.indexOf(highest) : null,
    least: lowest < -WORTH ? means.indexOf(lowest) : null,
  };
}

import type { Plane } from '../plane';
import { placeAt } from './lineGeometry';
import { INK_RATIO } from './ruledLines';
import type { TracedLine } from './traceLines';

/** Directions in which strokes may cross a line: steps along it for each step across. */
const DIRECTIONS = [0, 0.3, -0.3, 0.7, -0.7, 1.2, -1.2];

/**
 * Erase a line; strokes that cross it are mended: a pixel of the line takes the level of ink that lies on both of its sides
 * in some direction (directional inpainting, after Bertalmio et al., 2000). Ink much darker than the line stays as it is.
 *
 * @param levels changed in place.
 * @param background the level of bare paper.
 * @param noise its standard deviation.
 */
export function eraseLine(levels: Plane<Int16Array>, line: TracedLine, background: number, noise: number): void {
  const { width, height, data } = levels;
  const [along, across] = line.upright ? [height, width] : [width, height];
  const [stepAlong, stepAcross] = line.upright ? [width, 1] : [1, width];
  const half = Math.ceil(line.thickness / 2);
  const covered = background + INK_RATIO * (line.level - background) + 2 * noise;
  const beyond = half + 1; // where lines meet, each goes on to the other's far side
  const levelAt = (i: number, j: number) => {
    const row = Math.min(Math.max(Math.round(i), 0), along - 1);
    return j < 0 || j >= across ? background : (data[row * stepAlong + j * stepAcross] as number);
  };
  const band = new Int16Array(2 * half + 1);
  const rows: Int16Array[] = [];
  const first = Math.max(line.from - beyond, 0);
  const last = Math.min(line.to + beyond, along - 1);
  for (let i = first; i <= last; i++) {
    const middle = Math.round(placeAt(line, i));
    const [before, after] = [middle - half - 1, middle + half + 1];
    for (let k = 0; k < band.length; k++) {
      const j = before + 1 + k;
      const level = levelAt(i, j);
      let mended = background;
      if (level > covered) mended = level;
      else if (level > background) {
        for (const direction of DIRECTIONS) {
          const one = levelAt(i - direction * (j - before), before);
          if (one <= mended) continue; // so on most of a line
          mended = Math.max(mended, Math.min(one, levelAt(i + direction * (after - j), after)));
          if (mended >= level) break;
        }
      }
      band[k] = Math.min(level, mended);
    }
    rows.push(band.slice());
  }
  // Written last: what is mended must not be taken for ink beside the rows that follow.
  for (let i = first; i <= last; i++) {
    const before = Math.round(placeAt(line, i)) - half - 1;
    const row = rows[i - first] as Int16Array;
    for (let k = 0; k < row.length; k++) {
      const j = before + 1 + k;
      if (j >= 0 && j < across) data[i * stepAlong + j * stepAcross] = row[k] as number;
    }
  }
}

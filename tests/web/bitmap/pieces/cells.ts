import type { CellRow } from '../../../../webapp/src/bitmap/lines/cellRows';
import type { TracedLine } from '../../../../webapp/src/bitmap/lines/traceLines';

/** A row of boxes of 60×80 for one digit each, from (20, 20). */
export function rowOfBoxes(count: number): CellRow {
  const line = (upright: boolean, place: number): TracedLine => {
    return {
      upright,
      from: 0,
      to: 399,
      places: new Float32Array(400).fill(place),
      thickness: 3,
      level: 150,
      mass: 450,
    };
  };
  const [top, bottom] = [line(false, 20), line(false, 100)];
  const cells = Array.from({ length: count }, (_, i) => {
    const x = 20 + 60 * i;
    const box = { x, y: 20, width: 60, height: 80 };
    return { box, left: line(true, x), right: line(true, x + 60), top, bottom };
  });
  return { cells, isComb: true };
}

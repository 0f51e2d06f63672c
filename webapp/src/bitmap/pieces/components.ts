import type { Plane } from '../picture';

/** Pixels of ink that touch each other, in eight directions, and the upright box round them. */
export interface Component {
  /** What the pixels are marked with in the plane of labels; 0 is paper. */
  readonly label: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly area: number;
  /** The strongest level in it. */
  readonly peak: number;
}

/** Which component each pixel belongs to, and the components in the order in which their first pixels come. */
export interface Labelled {
  readonly labels: Plane<Int32Array>;
  readonly components: readonly Component[];
}

/** A stretch of pixels of one row. */
interface Runs {
  readonly row: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly count: number;
}

/**
 * Find what hangs together among the pixels above `rim`, and keep what has a pixel above `ink`.
 *
 * Run by run with union-find (Rosenfeld and Pfaltz, 1966; He et al., 2008): one look at each pixel.
 */
export function findComponents(levels: Plane<Int16Array>, rim: number, ink: number): Labelled {
  const { width, height } = levels;
  const runs = findRuns(levels, rim);
  const parent = new Int32Array(runs.count).map((_, run) => run);
  joinRuns(runs, parent);
  const data = new Int32Array(width * height);
  const found = new Map<number, Writable>();
  for (let run = 0; run < runs.count; run++) {
    const root = rootOf(parent, run);
    const [row, start, end] = [runs.row[run] as number, runs.start[run] as number, runs.end[run] as number];
    let peak = 0;
    for (let i = row * width + start; i < row * width + end; i++) peak = Math.max(peak, levels.data[i] as number);
    const known = found.get(root);
    if (known === undefined) {
      found.set(root, { left: start, right: end, top: row, bottom: row + 1, area: end - start, peak, label: 0 });
      continue;
    }
    known.left = Math.min(known.left, start);
    known.right = Math.max(known.right, end);
    known.bottom = row + 1;
    known.area += end - start;
    known.peak = Math.max(known.peak, peak);
  }
  const components: Component[] = [];
  for (const one of found.values()) {
    if (one.peak <= ink) continue;
    const { left, top, right, bottom, area, peak } = one;
    one.label = components.length + 1;
    components.push({ label: one.label, x: left, y: top, width: right - left, height: bottom - top, area, peak });
  }
  for (let run = 0; run < runs.count; run++) {
    const first = (runs.row[run] as number) * width;
    const label = found.get(rootOf(parent, run))?.label ?? 0;
    if (label > 0) data.fill(label, first + (runs.start[run] as number), first + (runs.end[run] as number));
  }
  return { labels: { width, height, data }, components };
}

interface Writable {
  left: number;
  right: number;
  top: number;
  bottom: number;
  area: number;
  peak: number;
  label: number;
}

function findRuns({ width, height, data }: Plane<Int16Array>, rim: number): Runs {
  const row: number[] = [];
  const start: number[] = [];
  const end: number[] = [];
  for (let y = 0; y < height; y++) {
    const line = y * width;
    for (let x = 0; x < width; x++) {
      if ((data[line + x] as number) <= rim) continue;
      const first = x;
      while (x < width && (data[line + x] as number) > rim) x++;
      row.push(y);
      start.push(first);
      end.push(x);
    }
  }
  return { row: Int32Array.from(row), start: Int32Array.from(start), end: Int32Array.from(end), count: row.length };
}

/** Join each run with those of the row above that touch it, by an edge or a corner. */
function joinRuns({ row, start, end, count }: Runs, parent: Int32Array): void {
  let above = 0;
  for (let run = 0; run < count; run++) {
    const [y, first, last] = [row[run] as number, start[run] as number, end[run] as number];
    while ((row[above] as number) < y - 1 || ((row[above] as number) === y - 1 && (end[above] as number) < first))
      above++;
    for (let other = above; other < run && row[other] === y - 1 && (start[other] as number) <= last; other++) {
      const [one, two] = [rootOf(parent, run), rootOf(parent, other)];
      parent[Math.max(one, two)] = Math.min(one, two);
    }
  }
}

function rootOf(parent: Int32Array, run: number): number {
  let root = run;
  while (parent[root] !== root) {
    parent[root] = parent[parent[root] as number] as number;
    root = parent[root] as number;
  }
  return root;
}

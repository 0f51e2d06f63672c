import type { Box } from '../../box';
import type { Plane } from '../plane';
import { weightedMedian } from '../statistics';

/** Pixels of ink that touch each other, in eight directions, and the box around them. */
export interface Component extends Box {
  /** The mark of its pixels in the plane of labels; 0 is paper. */
  readonly label: number;
  readonly area: number;
}

/** The label of each pixel, and the components in the order of their first pixels. */
export interface Labelled {
  readonly labels: Plane<Int32Array>;
  readonly components: readonly Component[];
}

/**
 * Label the connected components of the pixels above `low`; only those that have a pixel above `high` count.
 *
 * Union-find in two scans (Rosenfeld and Pfaltz, 1966).
 */
export function findComponents({ width, height, data }: Plane<Int16Array>, low: number, high: number): Labelled {
  const labels = new Int32Array(width * height);
  const parents = joinPixels(labels, data, width, low);
  const left = new Int32Array(parents.length).fill(width);
  const right = new Int32Array(parents.length);
  const top = new Int32Array(parents.length).fill(-1);
  const bottom = new Int32Array(parents.length);
  const area = new Int32Array(parents.length);
  const isDark = new Uint8Array(parents.length);
  const roots: number[] = []; // in the order of their first pixels
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (labels[i] === 0) continue;
      const root = rootOf(parents, labels[i] as number);
      labels[i] = root;
      if (top[root] === -1) {
        top[root] = y;
        roots.push(root);
      }
      if (x < (left[root] as number)) left[root] = x;
      if (x > (right[root] as number)) right[root] = x;
      bottom[root] = y;
      area[root] = (area[root] as number) + 1;
      if ((data[i] as number) > high) isDark[root] = 1;
    }
  }
  const components: Component[] = [];
  const labelOf = new Int32Array(parents.length);
  for (const root of roots) {
    if (!isDark[root]) continue;
    const label = components.length + 1;
    labelOf[root] = label;
    const [x, y] = [left[root] as number, top[root] as number];
    const size = { width: (right[root] as number) - x + 1, height: (bottom[root] as number) - y + 1 };
    components.push({ label, x, y, ...size, area: area[root] as number });
  }
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== 0) labels[i] = labelOf[labels[i] as number] as number;
  }
  return { labels: { width, height, data: labels }, components };
}

/** Half of the ink has digits at least so high, each component counted by its height squared; null without ink. */
export function heightOfInk(components: readonly Component[]): number | null {
  return weightedMedian(components.map(({ height }) => ({ value: height, weight: height ** 2 })));
}

/** Give each pixel above `low` a preliminary label; the result leads from each label to a lower one of the same component. */
function joinPixels(labels: Int32Array, data: Int16Array, width: number, low: number): number[] {
  const parents = [0];
  for (let x = 0, i = 0; i < data.length; i++, x = x + 1 === width ? 0 : x + 1) {
    if ((data[i] as number) <= low) continue;
    const leftward = x > 0 ? (labels[i - 1] as number) : 0;
    // Before the first row and beside its ends is paper.
    const above = i >= width ? (labels[i - width] as number) : 0;
    let label = leftward;
    if (above !== 0) label = label === 0 ? above : join(parents, label, above);
    else if (i >= width) {
      // A pixel above that is ink touches both of these.
      const aboveLeft = x > 0 ? (labels[i - width - 1] as number) : 0;
      const aboveRight = x < width - 1 ? (labels[i - width + 1] as number) : 0;
      if (label === 0) label = aboveLeft;
      if (aboveRight !== 0) label = label === 0 ? aboveRight : join(parents, label, aboveRight);
    }
    labels[i] = label === 0 ? parents.push(parents.length) - 1 : label;
  }
  return parents;
}

/** Make two labels one; the lower of their roots is it. */
function join(parents: number[], one: number, other: number): number {
  if (one === other) return one;
  const [first, second] = [rootOf(parents, one), rootOf(parents, other)];
  const root = Math.min(first, second);
  parents[Math.max(first, second)] = root;
  return root;
}

function rootOf(parents: number[], label: number): number {
  let root = label;
  while (parents[root] !== root) {
    parents[root] = parents[parents[root] as number] as number;
    root = parents[root] as number;
  }
  return root;
}

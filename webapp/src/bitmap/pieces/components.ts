import type { Box } from '../../box';
import type { Plane } from '../plane';

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

/** What is known of a component while the pixels are scanned. */
interface Extent {
  left: number;
  right: number;
  readonly top: number;
  bottom: number;
  area: number;
  peak: number;
}

/**
 * Label the connected components of the pixels above `low`; only those that have a pixel above `high` count.
 *
 * Union-find in two scans (Rosenfeld and Pfaltz, 1966).
 */
export function findComponents({ width, height, data }: Plane<Int16Array>, low: number, high: number): Labelled {
  const labels = new Int32Array(width * height);
  const parents = joinPixels(labels, data, width, low);
  const extents = new Map<number, Extent>();
  for (let y = 0; y < height; y++) {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      if (labels[i] === 0) continue;
      const root = rootOf(parents, labels[i] as number);
      labels[i] = root;
      const found = extents.get(root) ?? { left: x, right: x, top: y, bottom: y, area: 0, peak: 0 };
      if (found.area === 0) extents.set(root, found);
      found.left = Math.min(found.left, x);
      found.right = Math.max(found.right, x);
      found.bottom = y;
      found.area++;
      found.peak = Math.max(found.peak, data[i] as number);
    }
  }
  const components: Component[] = [];
  const labelOf = new Int32Array(parents.length);
  for (const [root, { left, right, top, bottom, area, peak }] of extents) {
    if (peak <= high) continue;
    const label = components.length + 1;
    labelOf[root] = label;
    components.push({ label, x: left, y: top, width: right - left + 1, height: bottom - top + 1, area });
  }
  for (let i = 0; i < labels.length; i++) labels[i] = labelOf[labels[i] as number] as number;
  return { labels: { width, height, data: labels }, components };
}

/** Give each pixel above `low` a preliminary label; the result leads from each label to a lower one of the same component. */
function joinPixels(labels: Int32Array, data: Int16Array, width: number, low: number): number[] {
  const parents = [0];
  for (let i = 0; i < data.length; i++) {
    if ((data[i] as number) <= low) continue;
    const x = i % width;
    const before = [x > 0 ? i - 1 : -1, x > 0 ? i - width - 1 : -1, i - width, x < width - 1 ? i - width + 1 : -1];
    let label = 0;
    for (const near of before) {
      const other = rootOf(parents, labels[near] ?? 0);
      if (other === 0 || other === label) continue;
      if (label === 0) label = other;
      else {
        parents[Math.max(label, other)] = Math.min(label, other);
        label = Math.min(label, other);
      }
    }
    if (label === 0) label = parents.push(parents.length) - 1;
    labels[i] = label;
  }
  return parents;
}

function rootOf(parents: number[], label: number): number {
  let root = label;
  while (parents[root] !== root) {
    parents[root] = parents[parents[root] as number] as number;
    root = parents[root] as number;
  }
  return root;
}

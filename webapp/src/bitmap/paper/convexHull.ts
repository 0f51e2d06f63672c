export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The corners of the convex hull of some points, in order (Andrew's monotone chain, 1979). */
export function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (ordered: readonly Point[]) => {
    const chain: Point[] = [];
    for (const point of ordered) {
      while (chain.length >= 2 && !turnsLeft(chain.at(-2) as Point, chain.at(-1) as Point, point)) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function turnsLeft(a: Point, b: Point, c: Point): boolean {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0;
}

/**
 * Whether a point lies in the least rectangle around a convex hull: one of its sides lies on one of the hull's (Freeman and
 * Shapira, 1975).
 */
export function leastRectangle(hull: readonly Point[]): (point: Point) => boolean {
  let best = { area: Infinity, cos: 1, sin: 0, left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
  for (const [i, from] of hull.entries()) {
    const to = hull[(i + 1) % hull.length] as Point;
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (length === 0) continue;
    const [cos, sin] = [(to.x - from.x) / length, (to.y - from.y) / length];
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { x, y } of hull) {
      left = Math.min(left, x * cos + y * sin);
      right = Math.max(right, x * cos + y * sin);
      top = Math.min(top, y * cos - x * sin);
      bottom = Math.max(bottom, y * cos - x * sin);
    }
    const area = (right - left) * (bottom - top);
    if (area < best.area) best = { area, cos, sin, left, right, top, bottom };
  }
  const { cos, sin, left, right, top, bottom } = best;
  return ({ x, y }) => {
    const [u, v] = [x * cos + y * sin, y * cos - x * sin];
    return u >= left && u <= right && v >= top && v <= bottom;
  };
}

import type { Rectangle } from './placeBeside';

const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Find which of several rectangles an arrow key leads to from one of them: the nearest that way, or the same one. */
export function neighbour(rectangles: readonly Rectangle[], from: number, key: string): number {
  const [x, y] = DIRECTIONS[key] ?? [0, 0];
  const middles = rectangles.map(({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2] as const);
  const [fromX, fromY] = middles[from] ?? [0, 0];
  let nearest = from;
  let least = Infinity;
  for (const [i, [toX, toY]] of middles.entries()) {
    const ahead = (toX - fromX) * x + (toY - fromY) * y;
    const aside = Math.abs((toX - fromX) * y) + Math.abs((toY - fromY) * x);
    const distance = ahead + 2 * aside;
    if (ahead > 1 && (x === 0 || aside < 1) && distance < least) [nearest, least] = [i, distance];
  }
  return nearest;
}

/** An upright rectangle in any unit, y down. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The x of a box's middle. */
export function middleX({ x, width }: Box): number {
  return x + width / 2;
}

/** The y of a box's middle. */
export function middleY({ y, height }: Box): number {
  return y + height / 2;
}

/** The length along x that two boxes share; below 0: minus the gap between them. */
export function overlapX(one: Box, other: Box): number {
  return Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
}

/** The length along y that two boxes share; below 0: minus the gap between them. */
export function overlapY(one: Box, other: Box): number {
  return Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
}

/** The smallest box around two boxes. */
export function around(one: Box, other: Box): Box {
  const x = Math.min(one.x, other.x);
  const y = Math.min(one.y, other.y);
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  };
}

import type { Box } from '../box';
import type { Numbers, Plane } from './plane';

/** Degrees, clockwise, that bring a picture the right way up. */
export type QuarterTurn = 0 | 90 | 180 | 270;

/** The turn that undoes another. */
export function opposite(turned: QuarterTurn): QuarterTurn {
  return ((360 - turned) % 360) as QuarterTurn;
}

/**
 * A box of a picture, on the same picture turned.
 *
 * @param width of the picture before it is turned, in the box's unit; so is `height`.
 * @param turned degrees, clockwise.
 */
export function turnBox(box: Box, width: number, height: number, turned: QuarterTurn): Box {
  const right = width - box.x - box.width;
  const below = height - box.y - box.height;
  if (turned === 90) return { x: below, y: box.x, width: box.height, height: box.width };
  if (turned === 180) return { x: right, y: below, width: box.width, height: box.height };
  if (turned === 270) return { x: box.y, y: right, width: box.height, height: box.width };
  return { x: box.x, y: box.y, width: box.width, height: box.height };
}

/** A plane turned clockwise. */
export function turnPlane<Data extends Numbers>(plane: Plane<Data>, turned: QuarterTurn): Plane<Data> {
  if (turned === 0) return plane;
  const data = plane.data.slice() as Data;
  if (turned === 180) return { ...plane, data: data.reverse() as Data };
  const { width, height } = plane;
  for (let y = 0; y < height; y++) {
    const first = turned === 90 ? height - 1 - y : (width - 1) * height + y;
    const step = turned === 90 ? height : -height;
    for (let x = 0, to = first; x < width; x++, to += step) data[to] = plane.data[y * width + x] as number;
  }
  return { width: height, height: width, data };
}

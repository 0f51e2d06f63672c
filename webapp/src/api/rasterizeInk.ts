import { type Ink, rasterizeInk as rasterize } from '../ink';
import { checkInk } from '../recognizer/checkInk';

/**
 * Draw one digit as the network sees it: 784 pixels, row by row, 0 (paper) to 1 (ink).
 *
 * @param strokes of [x, y] points, y down, in any unit.
 * @throws InvalidInputError where they are not, or have no point.
 */
export function rasterizeInk(strokes: Ink): Float32Array {
  checkInk(strokes);
  return rasterize(strokes);
}

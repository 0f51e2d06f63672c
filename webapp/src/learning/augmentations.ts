import { IMAGE_SIZE, type Ink, PIXELS, rasterizeInk } from '../ink';

const MIDDLE = IMAGE_SIZE / 2;

/** An example: the ink of one digit, or 784 pixels (0 to 255 of ink, row by row). */
export interface Drawing {
  readonly id: string;
  readonly ink?: Ink;
  readonly pixels?: ArrayLike<number>;
}

/** A 2×2 matrix, row by row. */
type Matrix = readonly [number, number, number, number];

/**
 * How an example is augmented, as one hand varies: the first is the drawing itself, then pairs of more and less
 * slanted, turned and stretched ones. They are about 1.5 standard deviations of the training's own augmentation.
 */
const MATRICES: readonly Matrix[] = [
  [1, 0, 0, 1],
  slant(0.2),
  slant(-0.2),
  turn(0.14),
  turn(-0.14),
  stretch(0.18),
  stretch(-0.18),
];

/** Number of augmentations of a drawing, including the drawing itself. */
export const AUGMENTATIONS = MATRICES.length;

/**
 * Augment a drawing, as the network sees it: 784 pixels, 0 to 1. Number 0 is the drawing itself.
 *
 * @throws RangeError if the drawing has neither ink nor 784 pixels.
 */
export function augment({ id, ink, pixels }: Drawing, number: number): Float32Array {
  const matrix = MATRICES[number] as Matrix;
  if (ink) return rasterizeInk(number === 0 ? ink : transformInk(ink, matrix));
  if (pixels?.length !== PIXELS) throw new RangeError(`The example ${id} has neither ink nor ${PIXELS} pixels.`);
  const levels = Float32Array.from(pixels, (level) => level / 255);
  return number === 0 ? levels : transformPixels(levels, matrix);
}

function slant(by: number): Matrix {
  return [1, by, 0, 1];
}

function turn(radians: number): Matrix {
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return [cos, -sin, sin, cos];
}

/** `by` is the logarithm of width over height. */
function stretch(by: number): Matrix {
  return [Math.exp(by / 2), 0, 0, Math.exp(-by / 2)];
}

function transformInk(ink: Ink, [a, b, c, d]: Matrix): Ink {
  return ink.map((stroke) => stroke.map(([x, y]) => [a * x + b * y, c * x + d * y] as const));
}

/** Transform an image about its middle, where the digit's mass is, with bilinear interpolation. */
function transformPixels(levels: Float32Array, [a, b, c, d]: Matrix): Float32Array {
  const determinant = a * d - b * c;
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= IMAGE_SIZE || y >= IMAGE_SIZE ? 0 : (levels[y * IMAGE_SIZE + x] as number);
  return levels.map((_, i) => {
    const toX = (i % IMAGE_SIZE) + 0.5 - MIDDLE;
    const toY = Math.floor(i / IMAGE_SIZE) + 0.5 - MIDDLE;
    const fromX = (d * toX - b * toY) / determinant + MIDDLE - 0.5;
    const fromY = (a * toY - c * toX) / determinant + MIDDLE - 0.5;
    const [x, y] = [Math.floor(fromX), Math.floor(fromY)];
    const [right, down] = [fromX - x, fromY - y];
    const above = at(x, y) * (1 - right) + at(x + 1, y) * right;
    const below = at(x, y + 1) * (1 - right) + at(x + 1, y + 1) * right;
    return above * (1 - down) + below * down;
  });
}

import { BOX_SIZE, IMAGE_SIZE, PIXELS } from './image';
import type { Ink, Point } from './ink';
import { inkBounds } from './inkBounds';

/** Half the width of the pen in pixels; measured, see tests/golden/README.md. */
const PEN_RADIUS = 1.15;

/** The largest distance from the middle of the pen's path at which a pixel is still touched. */
const REACH = PEN_RADIUS + 0.5;

/** The squared distance of pixels that are farther than that. */
const UNTOUCHED = REACH * REACH;

/** The squared distance of each pixel to the nearest segment. One for all drawings: they follow each other. */
const squares = new Float64Array(PIXELS);

/**
 * Draw one digit as the network sees it: 784 pixels, row by row, 0 (paper) to 1 (ink), each a whole number of 255ths.
 *
 * The ink is scaled into MNIST's 20×20 box and drawn at one fixed pen width, as capsules anti-aliased by distance. It is
 * then drawn again with its centre of mass in the middle of the 28×28. These are the steps of LeCun's MNIST, on strokes
 * instead of pixels: size, place and pen width of the drawing make no difference. Without ink all is paper.
 *
 * Twin of `rasterize_ink` in training/ink/rasterize.py. Both use only + − × ÷ √ on doubles, in the same order, and sum
 * only whole numbers: they agree to the last bit (tests/golden/).
 *
 * @throws TypeError where a point is not a pair of finite numbers.
 */
export function rasterizeInk(ink: Ink): Float32Array {
  const pixels = new Float32Array(PIXELS);
  const box = inkBounds(ink);
  if (box === null) return pixels;

  const extent = Math.max(box.width, box.height);
  // A dot has no extent: any scale puts it in the middle.
  const scale = extent > 0 ? (BOX_SIZE - 2 * PEN_RADIUS) / extent : 0;
  const place = (middleX: number, middleY: number): Float64Array => {
    const left = middleX - (box.width * scale) / 2;
    const top = middleY - (box.height * scale) / 2;
    const placed = new Float64Array(2 * ink.reduce((count, stroke) => count + stroke.length, 0));
    let at = 0;
    for (const stroke of ink) {
      for (let i = 0; i < stroke.length; i++) {
        const point = stroke[i] as Point;
        placed[at++] = (point[0] - box.x) * scale + left;
        placed[at++] = (point[1] - box.y) * scale + top;
      }
    }
    return placed;
  };

  const middle = IMAGE_SIZE / 2;
  measure(ink, place(middle, middle));
  const [massX, massY] = centreOfMass();
  measure(ink, place(middle + (middle - massX), middle + (middle - massY)));
  for (let i = 0; i < PIXELS; i++) pixels[i] = levelAt(i) / 255;
  return pixels;
}

/**
 * Measure how far each pixel is from the strokes, into `squares`.
 *
 * @param placed their points in pixels, one stroke after the other: x, y, x, y, …
 */
function measure(ink: Ink, placed: Float64Array): void {
  squares.fill(UNTOUCHED);
  let end = 0;
  for (const { length } of ink) {
    const start = end;
    end += 2 * length;
    // A stroke of one point is a segment from the point to itself.
    if (length === 1) nearSegment(placed, start, start);
    for (let at = start + 2; at < end; at += 2) nearSegment(placed, at - 2, at);
  }
}

/** The ink on a pixel, a whole number from 0 to 255. */
function levelAt(pixel: number): number {
  const square = squares[pixel] as number;
  if (square === UNTOUCHED) return 0;
  const coverage = Math.min(Math.max(REACH - Math.sqrt(square), 0), 1);
  return Math.floor(coverage * 255 + 0.5);
}

/**
 * Lower `squares` to the squared distances from pixel centres to one segment, for the pixels within REACH of it.
 *
 * @param from where `placed` holds its start.
 * @param to where its end.
 */
function nearSegment(placed: Float64Array, from: number, to: number): void {
  const startX = placed[from] as number;
  const startY = placed[from + 1] as number;
  const endX = placed[to] as number;
  const endY = placed[to + 1] as number;
  const alongX = endX - startX;
  const alongY = endY - startY;
  const lengthSquared = alongX * alongX + alongY * alongY;
  const firstColumn = Math.max(Math.ceil(Math.min(startX, endX) - REACH - 0.5), 0);
  const lastColumn = Math.min(Math.floor(Math.max(startX, endX) + REACH - 0.5), IMAGE_SIZE - 1);
  const firstRow = Math.max(Math.ceil(Math.min(startY, endY) - REACH - 0.5), 0);
  const lastRow = Math.min(Math.floor(Math.max(startY, endY) + REACH - 0.5), IMAGE_SIZE - 1);
  for (let row = firstRow; row <= lastRow; row++) {
    const fromY = row + 0.5 - startY;
    const byY = fromY * alongY;
    for (let column = firstColumn; column <= lastColumn; column++) {
      const fromX = column + 0.5 - startX;
      const dot = fromX * alongX + byY;
      let awayX = fromX;
      let awayY = fromY;
      if (dot >= lengthSquared) {
        awayX -= alongX;
        awayY -= alongY;
      } else if (dot > 0) {
        const t = dot / lengthSquared;
        awayX -= t * alongX;
        awayY -= t * alongY;
      }
      const square = awayX * awayX + awayY * awayY;
      const i = row * IMAGE_SIZE + column;
      if (square < (squares[i] as number)) squares[i] = square;
    }
  }
}

/** The centre of mass of all levels, in pixels. All sums are of whole numbers, so their order makes no difference. */
function centreOfMass(): [x: number, y: number] {
  let mass = 0;
  let doubleX = 0;
  let doubleY = 0;
  for (let row = 0, i = 0; row < IMAGE_SIZE; row++) {
    for (let column = 0; column < IMAGE_SIZE; column++, i++) {
      const level = levelAt(i);
      mass += level;
      doubleX += level * (2 * column + 1);
      doubleY += level * (2 * row + 1);
    }
  }
  return [doubleX / (2 * mass), doubleY / (2 * mass)];
}

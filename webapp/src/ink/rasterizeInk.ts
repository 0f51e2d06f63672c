import { BOX_SIZE, IMAGE_SIZE, PIXELS } from './image';
import type { Ink, Point } from './ink';
import { inkBounds } from './inkBounds';

/** Half the width of the pen in pixels; measured, see tests/golden/README.md. */
const PEN_RADIUS = 1.15;

/** The largest distance from the middle of the pen's path at which a pixel is still touched. */
const REACH = PEN_RADIUS + 0.5;

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
  const place = (middleX: number, middleY: number): Ink => {
    const left = middleX - (box.width * scale) / 2;
    const top = middleY - (box.height * scale) / 2;
    return ink.map((stroke) => stroke.map(([x, y]) => [(x - box.x) * scale + left, (y - box.y) * scale + top]));
  };

  const middle = IMAGE_SIZE / 2;
  const [massX, massY] = centreOfMass(drawStrokes(place(middle, middle)));
  const levels = drawStrokes(place(middle + (middle - massX), middle + (middle - massY)));
  for (let i = 0; i < pixels.length; i++) pixels[i] = (levels[i] as number) / 255;
  return pixels;
}

/** Draw strokes given in pixels: 784 levels of ink, whole numbers from 0 to 255. */
function drawStrokes(ink: Ink): Uint8Array {
  const squares = new Float64Array(PIXELS).fill(Infinity); // squared distance to the nearest segment
  for (const stroke of ink) {
    // A stroke of one point is a segment from the point to itself.
    for (let i = Math.min(1, stroke.length - 1); i >= 0 && i < stroke.length; i++) {
      nearSegment(squares, (stroke[i - 1] ?? stroke[i]) as Point, stroke[i] as Point);
    }
  }
  const levels = new Uint8Array(squares.length);
  for (let i = 0; i < levels.length; i++) {
    const coverage = Math.min(Math.max(REACH - Math.sqrt(squares[i] as number), 0), 1);
    levels[i] = Math.floor(coverage * 255 + 0.5);
  }
  return levels;
}

/** Lower `squares` to the squared distances from pixel centres to one segment, for the pixels within REACH of it. */
function nearSegment(squares: Float64Array, [startX, startY]: Point, [endX, endY]: Point): void {
  const alongX = endX - startX;
  const alongY = endY - startY;
  const lengthSquared = alongX * alongX + alongY * alongY;
  const firstColumn = Math.max(Math.floor(Math.min(startX, endX) - REACH), 0);
  const lastColumn = Math.min(Math.floor(Math.max(startX, endX) + REACH), IMAGE_SIZE - 1);
  const firstRow = Math.max(Math.floor(Math.min(startY, endY) - REACH), 0);
  const lastRow = Math.min(Math.floor(Math.max(startY, endY) + REACH), IMAGE_SIZE - 1);
  for (let row = firstRow; row <= lastRow; row++) {
    const fromY = row + 0.5 - startY;
    for (let column = firstColumn; column <= lastColumn; column++) {
      const fromX = column + 0.5 - startX;
      const t = lengthSquared > 0 ? (fromX * alongX + fromY * alongY) / lengthSquared : 0;
      const clamped = Math.min(Math.max(t, 0), 1);
      const awayX = fromX - clamped * alongX;
      const awayY = fromY - clamped * alongY;
      const square = awayX * awayX + awayY * awayY;
      const i = row * IMAGE_SIZE + column;
      if (square < (squares[i] as number)) squares[i] = square;
    }
  }
}

/** The centre of mass of 784 levels, in pixels. All sums are of whole numbers, so their order makes no difference. */
function centreOfMass(levels: Uint8Array): [x: number, y: number] {
  let mass = 0;
  let doubleX = 0;
  let doubleY = 0;
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i] as number;
    mass += level;
    doubleX += level * (2 * (i % IMAGE_SIZE) + 1);
    doubleY += level * (2 * Math.floor(i / IMAGE_SIZE) + 1);
  }
  return [doubleX / (2 * mass), doubleY / (2 * mass)];
}

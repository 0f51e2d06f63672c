import { around, type Box } from '../../box';
import type { Plane } from '../plane';
import { count } from '../statistics';
import { convexHull, leastRectangle, type Point } from './convexHull';
import { connectedTo, largest, total } from './flood';
import { otsu } from './otsu';

/** What lies round the sheet covers at least this share of the picture. */
const MIN_OUTSIDE = 0.005;

/** It takes up this share of a side of the picture in one run; a stroke that the border cuts does not. */
const MIN_RUN = 0.15;

/** A sheet on a table, and a board with a light rim, cover at least this share: large strokes of light ink are no sheet. */
const MIN_SHARE = { table: 0.04, board: 0.4 };

/** A sheet fills this share of the least rectangle around it, as far as that lies in the picture; an oval fills 0.79. */
const MIN_RECTANGULAR = 0.87;

/** The level outside by the level inside, beside the edge: darker than a shadow; or as dark as one, where the edge bends. */
const MAX_RATIO = 0.4;
const MAX_RATIO_OF_BENT = 0.65;

/** An edge bends where it deviates so much from a straight line, as a share of the picture's shorter side. */
const MIN_BEND = 0.1;

/** Levels are compared so many pixels from the edge, to both sides; there a blurred edge has ended, a soft shadow hasn't. */
const ASIDE = 3;

/** What holds for this share of the edge holds for it. */
const MOST = 0.7;

/** Ink is darker than its ground by this share, in at least so many pixels away from the edge. */
const MIN_INK = 0.12;
const MIN_INK_PIXELS = 6;

/** So much of a board is nearer to its own ground than to its rim; in a row of boxes, paper as light as around it shows. */
const MIN_BARE = 0.65;

/** Pixels beside the edge that are not looked at for ink. */
const MARGIN = 3;

/** A frame is darker than its ground by this share, and its inside is at least so wide and high, as shares of the picture's. */
const MIN_FRAME = 0.2;
const MIN_FRAMED = 0.7;

/** A part of a picture: 1 for each pixel that belongs to it, and the box around them. */
export interface Region {
  readonly mask: Uint8Array;
  readonly box: Box;
}

/**
 * Find the part of a picture that is a sheet: light, with straight edges, with ink on it, and surrounded on one side or more
 * by what is dark and reaches to the picture's border. Null where there is none.
 *
 * @param grey of a reduced picture.
 * @param ground the same without strokes.
 */
export function sheetRegion(
  grey: Plane<Uint8Array>,
  ground: Plane<Uint8Array>,
  kind: 'table' | 'board',
): Region | null {
  const counts = new Uint32Array(256);
  for (const level of ground.data) count(counts, level);
  const usual = otsu(counts);
  // A table may be darker still than a shadow on the sheet.
  for (const threshold of [otsu(counts.subarray(0, usual + 1)), usual]) {
    const region = regionAbove(threshold, grey, ground, kind);
    if (region !== null) return region;
  }
  return null;
}

/** The sheet, if it is what is lighter than a threshold. */
function regionAbove(
  threshold: number,
  grey: Plane<Uint8Array>,
  ground: Plane<Uint8Array>,
  kind: 'table' | 'board',
): Region | null {
  const { width, height, data } = ground;
  const isDark = (i: number) => (data[i] as number) <= threshold || (grey.data[i] as number) <= threshold;
  const outside = connectedTo(longRuns(width, height, isDark), width, height, isDark);
  if (total(outside) < MIN_OUTSIDE * data.length) return null;
  const mask = largest(outside, width, height);
  if (mask === null || total(mask) < MIN_SHARE[kind] * data.length) return null;
  // Ink that is wider than the closing's window, and what shows through a gap, lies within the sheet.
  const beyond = connectedTo(border(width, height), width, height, (i) => mask[i] === 0);
  for (let i = 0; i < mask.length; i++) mask[i] = 1 - (beyond[i] as number);
  const edge = edgePoints(mask, width, height);
  if (!isRectangular(mask, edge, width, height) || !isSheetsEdge(grey, ground, mask, edge, kind)) return null;
  const box = boxOf(mask, width, height);
  if (kind === 'board' && box.width * box.height * MIN_RECTANGULAR > total(mask)) return null;
  if (kind === 'board' && bareShare(grey, ground, mask) < MIN_BARE) return null;
  return hasInk(grey, ground, mask, threshold) ? { mask, box } : null;
}

/**
 * Find the inside of a frame that is drawn round all of the picture: light, rectangular, with ink in it, and cut off from the
 * picture's border. Null where there is none.
 */
export function insideOfFrame(grey: Plane<Uint8Array>, ground: Plane<Uint8Array>): Region | null {
  const { width, height, data } = grey;
  const outside = Uint8Array.from(data, (level, i) => Number(level < (1 - MIN_FRAME) * (ground.data[i] as number)));
  const light = connectedTo(border(width, height), width, height, (i) => outside[i] === 0);
  for (let i = 0; i < data.length; i++) if (light[i] === 1) outside[i] = 1;
  const mask = largest(outside, width, height);
  if (mask === null) return null;
  const beyond = connectedTo(border(width, height), width, height, (i) => mask[i] === 0);
  for (let i = 0; i < mask.length; i++) mask[i] = 1 - (beyond[i] as number);
  const box = boxOf(mask, width, height);
  if (Math.min(box.width / width, box.height / height) < MIN_FRAMED) return null;
  const edge = edgePoints(mask, width, height);
  return isRectangular(mask, edge, width, height) && hasInk(grey, ground, mask, 0) ? { mask, box } : null;
}

/** The pixels along the picture's border. */
function border(width: number, height: number): number[] {
  const all: number[] = [];
  for (let x = 0; x < width; x++) all.push(x, (height - 1) * width + x);
  for (let y = 0; y < height; y++) all.push(y * width, y * width + width - 1);
  return all;
}

/** The pixels along the border in runs that are long for a side of the picture, where `isDark` holds. */
function longRuns(width: number, height: number, isDark: (i: number) => boolean): number[] {
  const found: number[] = [];
  const scan = (first: number, step: number, length: number) => {
    let run: number[] = [];
    for (let k = 0; k <= length; k++) {
      const i = first + k * step;
      if (k < length && isDark(i)) {
        run.push(i);
        continue;
      }
      if (run.length >= MIN_RUN * length) found.push(...run);
      run = [];
    }
  };
  scan(0, 1, width);
  scan((height - 1) * width, 1, width);
  scan(0, width, height);
  scan(width - 1, width, height);
  return found;
}

/** Where the mask ends inside the picture: its own pixels, and the direction to the outside. */
interface EdgePoint extends Point {
  readonly outwards: Point;
}

const DIRECTIONS: readonly Point[] = [
  { x: -1, y: 0 },
  { x: 1, y: 0 },
  { x: 0, y: -1 },
  { x: 0, y: 1 },
];

function edgePoints(mask: Uint8Array, width: number, height: number): EdgePoint[] {
  const points: EdgePoint[] = [];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (mask[i] === 0) continue;
      for (const outwards of DIRECTIONS) {
        const [u, v] = [x + outwards.x, y + outwards.y];
        if (u < 0 || v < 0 || u >= width || v >= height || mask[v * width + u] === 1) continue;
        points.push({ x, y, outwards });
      }
    }
  }
  return points;
}

function isRectangular(mask: Uint8Array, edge: readonly Point[], width: number, height: number): boolean {
  const corners = [0, width - 1].flatMap((x) => [0, height - 1].map((y) => ({ x, y })));
  const inside = corners.filter(({ x, y }) => mask[y * width + x] === 1);
  const holds = leastRectangle(convexHull([...edge, ...inside]));
  let around = 0;
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (holds({ x, y })) around++;
  return total(mask) >= MIN_RECTANGULAR * around;
}

/** Whether it is darker beyond the edge than a shadow is, on most of the edge; or, round a table's sheet, somewhat, and the edge bends. */
function isSheetsEdge(
  grey: Plane<Uint8Array>,
  ground: Plane<Uint8Array>,
  mask: Uint8Array,
  edge: readonly EdgePoint[],
  kind: 'table' | 'board',
): boolean {
  const { width, height } = grey;
  const ratios: number[] = [];
  for (const { x, y, outwards } of edge) {
    const level = (plane: Plane<Uint8Array>, steps: number) => {
      const [u, v] = [x + steps * outwards.x, y + steps * outwards.y];
      if (u < 0 || v < 0 || u >= width || v >= height || (mask[v * width + u] === 1) !== steps < 1) return null;
      return plane.data[v * width + u] as number;
    };
    const within = level(ground, -ASIDE);
    // The picture may end before.
    const beyond = level(grey, ASIDE + 1) ?? level(grey, 2) ?? level(grey, 1);
    if (within !== null && beyond !== null) ratios.push(beyond / Math.max(within, 1));
  }
  const ratio = ratios.sort((a, b) => a - b)[Math.floor(MOST * ratios.length)] ?? 1;
  if (ratio <= MAX_RATIO) return true;
  return kind === 'table' && ratio <= MAX_RATIO_OF_BENT && bend(edge) >= MIN_BEND * Math.min(width, height);
}

/** How far points deviate from the straight line that fits them best, in the mean square. */
function bend(points: readonly Point[]): number {
  const n = points.length;
  const [meanX, meanY] = [points.reduce((sum, { x }) => sum + x, 0) / n, points.reduce((sum, { y }) => sum + y, 0) / n];
  let [xx, xy, yy] = [0, 0, 0];
  for (const { x, y } of points) {
    xx += (x - meanX) ** 2 / n;
    xy += ((x - meanX) * (y - meanY)) / n;
    yy += (y - meanY) ** 2 / n;
  }
  return Math.sqrt(Math.max((xx + yy - Math.hypot(xx - yy, 2 * xy)) / 2, 0)); // the lesser eigenvalue
}

function boxOf(mask: Uint8Array, width: number, height: number): Box {
  const at = (i: number) => ({ x: i % width, y: Math.floor(i / width), width: 1, height: 1 });
  let box: Box | null = null;
  for (let y = 0; y < height; y++) {
    const row = mask.subarray(y * width, (y + 1) * width);
    const first = row.indexOf(1);
    if (first < 0) continue;
    const ends = around(at(y * width + first), at(y * width + row.lastIndexOf(1)));
    box = box === null ? ends : around(box, ends);
  }
  return box as Box;
}

/** The share of a mask whose level is nearer to the mean of its ground than to the mean of what is around. */
function bareShare(grey: Plane<Uint8Array>, ground: Plane<Uint8Array>, mask: Uint8Array): number {
  const inside = total(mask);
  let [sumGround, sumAround] = [0, 0];
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 1) sumGround += ground.data[i] as number;
    else sumAround += grey.data[i] as number;
  }
  const middle = (sumGround / inside + sumAround / (mask.length - inside)) / 2;
  let bare = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] === 1 && (grey.data[i] as number) > middle) bare++;
  return bare / inside;
}

/** Whether something stands on the sheet, away from its edge. */
function hasInk(grey: Plane<Uint8Array>, ground: Plane<Uint8Array>, mask: Uint8Array, threshold: number): boolean {
  const { width, height } = grey;
  let pixels = 0;
  for (let y = MARGIN; y < height - MARGIN; y++) {
    for (let x = MARGIN; x < width - MARGIN; x++) {
      const i = y * width + x;
      const paper = ground.data[i] as number;
      const inked = paper <= threshold || (grey.data[i] as number) < (1 - MIN_INK) * paper;
      if (!inked || mask[i] === 0) continue;
      const away = [-MARGIN, MARGIN].every((step) => mask[i + step] === 1 && mask[i + step * width] === 1);
      if (away && ++pixels >= MIN_INK_PIXELS) return true;
    }
  }
  return false;
}

import type { Box } from '../../box';
import { crop, invert, type Plane } from '../plane';
import { closing } from './closing';
import { reduceGrey } from './reduceGrey';
import { insideOfFrame, type Region, sheetRegion } from './sheetRegion';

/** Pixels of the reduced picture: enough to show the edges of a sheet. */
const MAX_PIXELS = 40_000;

/** Half of the closing's window, as a share of the shorter side: strokes up to twice as wide go, a table stays. */
const REACH = 0.04;

/** Pixels of the reduced picture between the edge of the sheet and what is read: its edge is blurred, and casts a shadow. */
const EDGE = 2;

/** The shorter side of a reduced picture, in pixels, from which on EDGE is little of it. */
const MIN_SIDE = 100;

/** Pictures whose shorter side has fewer pixels show too little to tell the edge of a sheet from print beside a digit. */
const MIN_PICTURE = 64;

/** A sheet cut out of its picture; beyond its edges the paper goes on. */
export interface Sheet {
  readonly grey: Plane<Uint8Array>;
  /** Where it lies in the picture. */
  readonly box: Box;
}

/**
 * Find the sheet in a photo of a sheet on a table, in a scan with a dark rim, in a drawn frame, or of a
 * board with a light rim. Null where the
 * whole picture is the sheet.
 */
export function findSheet(grey: Plane<Uint8Array>): Sheet | null {
  if (Math.min(grey.width, grey.height) < MIN_PICTURE) return null;
  const { factor, ...small } = reduceGrey(grey, MAX_PIXELS);
  const reach = Math.max(1, Math.round(REACH * Math.min(small.width, small.height)));
  const ground = closing(small, reach);
  const region = sheetRegion(small, ground, 'table') ?? insideOfFrame(small, ground);
  if (region !== null) return cutOutSheet(grey, region, ground, factor);
  const negative = invert(small);
  const groundOfLight = closing(negative, reach);
  const board = sheetRegion(negative, groundOfLight, 'board');
  return board && cutOutSheet(grey, board, invert(groundOfLight), factor);
}

/** The box around the region, in which the ground of the nearest part of the region covers what is not of it. */
function cutOutSheet(grey: Plane<Uint8Array>, { mask, box }: Region, ground: Plane<Uint8Array>, factor: number): Sheet {
  const { width: columns, height: rows } = ground;
  const covers = nearestLevels(erode(mask, columns, rows), ground);
  const x = box.x * factor;
  const y = box.y * factor;
  const right = box.x + box.width === columns ? grey.width : (box.x + box.width) * factor;
  const bottom = box.y + box.height === rows ? grey.height : (box.y + box.height) * factor;
  const whole = { x, y, width: right - x, height: bottom - y };
  const sheet = crop(grey, whole);
  for (let v = 0, i = 0; v < whole.height; v++) {
    const row = Math.min(Math.floor((y + v) / factor), rows - 1) * columns;
    for (let u = 0; u < whole.width; u++, i++) {
      const cover = covers[row + Math.min(Math.floor((x + u) / factor), columns - 1)] as number;
      if (cover >= 0) sheet.data[i] = cover;
    }
  }
  return { grey: sheet, box: whole };
}

/** The mask without EDGE pixels along its edges; of a large picture also along its border, where a sliver of the table may show. */
function erode(mask: Uint8Array, width: number, height: number): Uint8Array {
  const beyond = Number(Math.min(width, height) < MIN_SIDE);
  let eroded = mask;
  for (let round = 0; round < EDGE; round++) {
    const before = eroded;
    eroded = before.map((inside, i) => {
      const x = i % width;
      const left = x > 0 ? before[i - 1] : beyond;
      const right = x < width - 1 ? before[i + 1] : beyond;
      return Number(inside && left && right && (before[i - width] ?? beyond) && (before[i + width] ?? beyond));
    });
  }
  return eroded;
}

/** For each pixel outside of a mask the level of the nearest one inside, by steps to the side and up or down; -1 inside. */
function nearestLevels(mask: Uint8Array, { width, height, data }: Plane<Uint8Array>): Int16Array {
  const levels = Int16Array.from(mask, (inside, i) => (inside === 1 ? (data[i] as number) : -1));
  const queue = new Int32Array(mask.length);
  let end = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] === 1) queue[end++] = i;
  for (let next = 0; next < end; next++) {
    const i = queue[next] as number;
    const x = i % width;
    for (const near of [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width]) {
      if (near < 0 || near >= width * height || levels[near] !== -1) continue;
      levels[near] = levels[i] as number;
      queue[end++] = near;
    }
  }
  for (let i = 0; i < mask.length; i++) if (mask[i] === 1) levels[i] = -1;
  return levels;
}

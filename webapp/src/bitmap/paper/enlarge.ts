import { resample } from '../digits/resample';
import { invert, type Plane } from '../plane';
import { closing } from './closing';
import { isLightOnDark } from './polarity';

/** Pictures whose longer side has more pixels are large enough to be read as they are. */
const MAX_SIDE = 64;

/** The longer side of an enlarged picture, in pixels, at least: a digit then has strokes of several pixels. */
const LARGE_SIDE = 80;

/** The room that is added on each side, as a share of the longer side, so that ink at the edge is not cut off. */
const ROOM = 0.25;

/** The widest ink, as a share of the shorter side: what is wider is ground. */
const MAX_STROKE = 0.4;

/** A picture that was made `factor` times as large, after `room` pixels of ground were added on each side. */
export interface Enlarged {
  readonly grey: Plane<Uint8Array>;
  readonly factor: number;
  readonly room: number;
}

/** Whether a picture is as small as those that networks are trained on. */
export function isSmall({ width, height }: Plane): boolean {
  return Math.max(width, height) <= MAX_SIDE;
}

/** Enlarge a small picture by a whole factor, with room around it, so that it is read as any other. */
export function enlarge(small: Plane<Uint8Array>): Enlarged {
  const side = Math.max(small.width, small.height);
  const factor = Math.ceil(LARGE_SIDE / side);
  const room = Math.ceil(ROOM * side);
  const { width, height, data } = addRoom(small, room);
  const large = resample({ width, height, data: Float64Array.from(data) }, width * factor, height * factor);
  return {
    grey: { ...large, data: Uint8Array.from(large.data, (level) => Math.min(Math.round(level), 255)) },
    factor,
    room,
  };
}

/** The picture with `room` pixels on each side that go on with the ground of its edge, without the ink there. */
function addRoom(grey: Plane<Uint8Array>, room: number): Plane<Uint8Array> {
  const reach = Math.max(1, Math.floor((MAX_STROKE * Math.min(grey.width, grey.height)) / 2));
  const ground = isLightOnDark(grey) ? invert(closing(invert(grey), reach)) : closing(grey, reach);
  const [width, height] = [grey.width + 2 * room, grey.height + 2 * room];
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.min(Math.max(y - room, 0), grey.height - 1);
    for (let x = 0; x < width; x++) {
      const column = Math.min(Math.max(x - room, 0), grey.width - 1);
      const inside = row === y - room && column === x - room;
      data[y * width + x] = (inside ? grey : ground).data[row * grey.width + column] as number;
    }
  }
  return { width, height, data };
}

import { PictureError } from '../../errors';
import type { Picture } from '../picture';
import type { Plane } from '../plane';
import { greyAxis } from './greyAxis';

/** A picture whose alpha, of 255, is lower everywhere shows nothing. */
const MIN_ALPHA = 8;

/** From this mean level on, what is painted on a transparent ground is light ink. */
const LIGHT_INK = 170;

/**
 * Grey levels of a picture, 0 (black) to 255 (white); where its colours are equally bright, how much they differ.
 *
 * Transparent pixels show white paper; or black paper, where what is painted is light and covers less than half.
 *
 * @throws PictureError where every pixel is transparent; RangeError where there are not four numbers for each pixel.
 */
export function toGrey({ width, height, data }: Picture): Plane<Uint8Array> {
  if (width < 1 || height < 1 || data.length !== 4 * width * height) {
    throw new RangeError(`A picture of ${width}×${height} needs four numbers a pixel; got ${data.length}.`);
  }
  const grey = new Uint8Array(width * height);
  let opaque = true;
  for (let i = 0, p = 0; i < grey.length; i++, p += 4) {
    grey[i] = luma(data[p] as number, data[p + 1] as number, data[p + 2] as number);
    if (data[p + 3] !== 255) opaque = false;
  }
  if (!opaque) layOnPaper(grey, data);
  else alongAxis(grey, { width, height, data });
  return { width, height, data: grey };
}

/** ITU-R BT.601's weights in 256ths. */
function luma(red: number, green: number, blue: number): number {
  return (77 * red + 150 * green + 29 * blue + 128) >> 8;
}

/** Where luma hardly tells the colours apart: levels along the axis that does. */
function alongAxis(grey: Uint8Array, picture: Picture): void {
  const found = greyAxis(picture, grey);
  if (found === null) return;
  const [red, green, blue] = found.axis as [number, number, number];
  const [meanRed, meanGreen, meanBlue] = found.mean as [number, number, number];
  const { data } = picture;
  for (let i = 0, p = 0; i < grey.length; i++, p += 4) {
    const level =
      red * ((data[p] as number) - meanRed) +
      green * ((data[p + 1] as number) - meanGreen) +
      blue * ((data[p + 2] as number) - meanBlue);
    grey[i] = Math.min(Math.max(Math.round(127.5 + level), 0), 255);
  }
}

function layOnPaper(grey: Uint8Array, data: ArrayLike<number>): void {
  let strongest = 0;
  let cover = 0;
  let painted = 0;
  for (let i = 0; i < grey.length; i++) {
    const alpha = data[4 * i + 3] as number;
    strongest = Math.max(strongest, alpha);
    cover += alpha;
    painted += alpha * (grey[i] as number);
  }
  if (strongest < MIN_ALPHA) {
    throw new PictureError('transparent', 'The picture is fully transparent.');
  }
  const paper = cover < (255 * grey.length) / 2 && painted > LIGHT_INK * cover ? 0 : 255;
  for (let i = 0; i < grey.length; i++) {
    const alpha = data[4 * i + 3] as number;
    grey[i] = Math.floor(((grey[i] as number) * alpha + paper * (255 - alpha) + 127) / 255);
  }
}

/** All that reads pictures: a chunk of the worker's own, fetched with the first picture. */
import { type Classify, type Picture, type PictureReading, readPicture } from '../../bitmap';
import { type DecodedImage, decodeImage } from '../decodeImage';
import type { ImageReading, ImageSource } from '../protocol';

/** Decode and read a picture; what the page has decoded already is read as it is. */
export async function readImage(
  source: ImageSource,
  previewSide: number,
  classify: Classify,
  sureEnough: number,
): Promise<ImageReading> {
  const decoded = 'picture' in source ? source : await decodeImage(source, makeCanvas, previewSide);
  return inPixelsOf(decoded, readPicture(decoded.picture, classify, sureEnough));
}

function makeCanvas(width: number, height: number): OffscreenCanvas {
  return new OffscreenCanvas(width, height);
}

/** The reading of a reduced picture, with its boxes in the pixels of the whole one. */
function inPixelsOf({ picture, width, height, preview }: DecodedImage, reading: PictureReading): ImageReading {
  const across = width / (picture as Picture).width;
  const down = height / picture.height;
  const digits = reading.digits.map((digit) => {
    const { x, y, ...size } = digit.box;
    return { ...digit, box: { x: x * across, y: y * down, width: size.width * across, height: size.height * down } };
  });
  return { ...reading, digits, width, height, preview };
}

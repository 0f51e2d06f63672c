/** What reads pictures: a chunk that is fetched with the first picture. */
import { type Classify, readPicture } from '../../bitmap';
import { decodeImage } from '../decodeImage';
import type { ImageReading, ImageSource } from '../protocol';

/** Decode and read a picture. Boxes of the reading are in pixels of the whole picture, not of the reduced one. */
export async function readImage(
  source: ImageSource,
  previewSide: number,
  classify: Classify,
  confidenceThreshold: number,
): Promise<ImageReading> {
  const decoded = 'picture' in source ? source : await decodeImage(source, previewSide);
  const { picture, width, height, preview } = decoded;
  const reading = readPicture(picture, classify, confidenceThreshold);
  const [across, down] = [width / picture.width, height / picture.height];
  const digits = reading.digits.map((digit) => {
    const { x, y, ...size } = digit.box;
    return { ...digit, box: { x: x * across, y: y * down, width: size.width * across, height: size.height * down } };
  });
  return { ...reading, digits, width, height, preview };
}

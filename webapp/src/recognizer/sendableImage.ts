import { PictureError } from '../errors';
import type { ImageSource } from './protocol';

/**
 * A picture in a form that a worker takes. Elements of the page can't be sent; where the worker has no canvas (Safari
 * before 16.4) the page decodes.
 *
 * @throws PictureError where the source is none, or not loaded.
 */
export async function sendableImage(source: ImageBitmapSource, previewSide: number): Promise<ImageSource> {
  const image = source instanceof Blob ? source : await bitmapOf(source);
  if (typeof OffscreenCanvas === 'function') return image;
  const { decodeImage } = await import('./decodeImage');
  const decoded = await decodeImage(image, makeCanvas, previewSide);
  const { data, width, height } = decoded.picture;
  return { ...decoded, picture: { data, width, height } };
}

async function bitmapOf(source: Exclude<ImageBitmapSource, Blob>): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(source);
  } catch (error) {
    throw new PictureError(
      `Give readImage a picture that is loaded: a File, an image, a canvas (${(error as Error).message}).`,
    );
  }
}

function makeCanvas(width: number, height: number): OffscreenCanvas {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas as unknown as OffscreenCanvas; // what decodeImage uses, both have
}

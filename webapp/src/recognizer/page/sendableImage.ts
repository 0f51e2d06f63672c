import { PictureError } from '../../errors';
import type { ImageSource } from '../protocol';

/**
 * Turn a picture into what can be sent to a worker: no element of the page, and pixels where the worker has no canvas to
 * decode it with (before Safari 16.4).
 *
 * @throws PictureError where the source is not a loaded picture.
 */
export async function sendableImage(source: ImageBitmapSource, previewSide: number): Promise<ImageSource> {
  const image = source instanceof Blob ? source : await bitmapOf(source);
  if (typeof OffscreenCanvas === 'function') return image;
  const { decodeImage } = await import('../decodeImage');
  const decoded = await decodeImage(image, previewSide);
  const { data, width, height } = decoded.picture;
  return { ...decoded, picture: { data, width, height } };
}

async function bitmapOf(source: Exclude<ImageBitmapSource, Blob>): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(source);
  } catch (error) {
    throw new PictureError(
      'not-loaded',
      `Give readImage a picture that is loaded: a File, an image, a canvas (${(error as Error).message}).`,
    );
  }
}

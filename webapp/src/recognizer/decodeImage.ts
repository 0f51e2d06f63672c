import { looksLikeSvg, type Picture, sniffPicture } from '../bitmap';
import { PictureError } from '../errors';

/** Pixels of the largest picture that is decoded: what the cameras of phones make. */
const LARGEST = 50_000_000;

/** Pixels of a picture that is read; larger ones are reduced to it first. */
const WORKING = 2_200_000;

/** Bytes of a file that are looked at before it is decoded: the size of a JPEG may follow a thumbnail. */
const HEAD = 1 << 18;
const LONG_HEAD = 1 << 24;

/** Makes a canvas of the thread that it runs in; the page's own, an element, is used like the workers' where it can be. */
export type MakeCanvas = (width: number, height: number) => OffscreenCanvas;

/** A picture of a bounded size. */
export interface DecodedImage {
  readonly picture: Picture;
  /** Pixels of the picture as it came, turned as it asks for. */
  readonly width: number;
  readonly height: number;
  /** A small JPEG of it, or null where none was asked for. */
  readonly preview: Blob | null;
}

/**
 * Decode a picture: its first frame, turned as its EXIF data ask for, reduced to a bounded size.
 *
 * @param makeCanvas for the thread that it runs in.
 * @param previewSide pixels of the longer side of the preview; 0 for none.
 * @throws PictureError, one sentence, where that can't be done.
 */
export async function decodeImage(
  source: Blob | ImageBitmap,
  makeCanvas: MakeCanvas,
  previewSide: number,
): Promise<DecodedImage> {
  const bitmap = source instanceof Blob ? await decodeFile(source) : source;
  try {
    const { width, height } = bitmap;
    if (width * height > LARGEST) throw tooLarge(width, height);
    const canvas = draw(bitmap, makeCanvas, Math.min(1, Math.sqrt(WORKING / (width * height))));
    const picture = contextOf(canvas).getImageData(0, 0, canvas.width, canvas.height);
    const preview =
      previewSide > 0
        ? await asJpeg(draw(canvas, makeCanvas, Math.min(1, previewSide / Math.max(canvas.width, canvas.height))))
        : null;
    return { picture, width, height, preview };
  } finally {
    bitmap.close();
  }
}

async function decodeFile(file: Blob): Promise<ImageBitmap> {
  let head = await bytesOf(file.size > 0 ? file.slice(0, HEAD) : file); // one that has gone is of no size, too
  if (head.length === 0) throw new PictureError('The file is empty; choose another.');
  let header = sniffPicture(head);
  if (header === null) {
    throw new PictureError(
      looksLikeSvg(head)
        ? 'SVG drawings are not read, for they can hold programs; save it as PNG and choose that.'
        : 'The file is no picture that is read here; PNG, JPEG, WebP, GIF, AVIF and BMP are.',
    );
  }
  if (header.size === null && file.size > HEAD) {
    head = await bytesOf(file.slice(0, LONG_HEAD));
    header = sniffPicture(head) ?? header;
  }
  if (header.size === null) throw damaged(header.format);
  const { width, height } = header.size;
  if (width * height > LARGEST) throw tooLarge(width, height);
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    await bytesOf(file.slice(-1)); // it may be the file that has gone
    if (header.format === 'HEIC' || header.format === 'AVIF') {
      throw new PictureError(`This browser can't read the ${header.format} picture; save it as JPEG and choose that.`);
    }
    throw damaged(header.format);
  }
}

async function bytesOf(part: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await part.arrayBuffer());
  } catch {
    throw new PictureError('The file can’t be read; it may have been moved, changed or deleted: choose it again.');
  }
}

function damaged(format: string): PictureError {
  return new PictureError(`The ${format} picture is damaged or cut short; get the whole file and choose it again.`);
}

function tooLarge(width: number, height: number): PictureError {
  const [across, down, most] = [width, height, LARGEST / 1e6].map((count) => count.toLocaleString('en'));
  return new PictureError(
    `The picture has ${across} × ${down} pixels, more than ${most} million; make it smaller first.`,
  );
}

/**
 * Draw a picture smaller: halved as often as can be, then to its size. A half by bilinear interpolation is the mean of each
 * four pixels, so nothing is skipped, at a fraction of what a browser's finest smoothing takes.
 */
function draw(source: ImageBitmap | OffscreenCanvas, makeCanvas: MakeCanvas, scale: number): OffscreenCanvas {
  const width = Math.max(1, Math.round(source.width * scale));
  const height = Math.max(1, Math.round(source.height * scale));
  let image = source;
  while (image.width >= 2 * width && image.height >= 2 * height) {
    image = drawTo(image, makeCanvas(Math.ceil(image.width / 2), Math.ceil(image.height / 2)));
  }
  return drawTo(image, makeCanvas(width, height));
}

function drawTo(source: ImageBitmap | OffscreenCanvas, canvas: OffscreenCanvas): OffscreenCanvas {
  const context = contextOf(canvas);
  context.imageSmoothingQuality = 'low';
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) {
    throw new PictureError('There is not enough memory for the picture; close other pages and try again.');
  }
  return context;
}

function asJpeg(canvas: OffscreenCanvas): Promise<Blob | null> {
  const [type, quality] = ['image/jpeg', 0.8];
  if ('convertToBlob' in canvas) return canvas.convertToBlob({ type, quality });
  const element = canvas as { toBlob(done: (blob: Blob | null) => void, type: string, quality: number): void };
  return new Promise((resolve) => element.toBlob(resolve, type, quality));
}

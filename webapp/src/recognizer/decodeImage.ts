import { looksLikeSvg, type Picture, sniffPicture, webpOrientation } from '../bitmap';
import { PictureError } from '../errors';

/**
 * Most pixels of a picture that is decoded: what phones call 64 megapixels, and a little more. A browser needs about five
 * bytes a pixel meanwhile: 320 MB for these (Chromium 156), 570 MB for 108 megapixels.
 */
const MAX_PIXELS = 65_000_000;

/** Most pixels of a picture that is read; a larger one is reduced first. */
const MAX_READ_PIXELS = 2_200_000;

/** Bytes of a file to look at before decoding. In a JPEG, thumbnails may precede the size. */
const HEADER_BYTES = 1 << 24;

/** EXIF's orientation of a picture that stands upright; from LEFT_SIDE_UP on, rows and columns are exchanged. */
const UPRIGHT = 1;
const LEFT_SIDE_UP = 5;
const UPRIGHT_BYTE = Uint8Array.of(UPRIGHT);

/** A picture of a bounded size. */
export interface DecodedImage {
  readonly picture: Picture;
  /** Pixels of the original picture, after its EXIF orientation is applied. */
  readonly width: number;
  readonly height: number;
  /** A small JPEG of it, or null where none was asked for. */
  readonly preview: Blob | null;
}

/**
 * Decode a picture: the first frame, turned by its EXIF orientation, reduced to a bounded size.
 *
 * @param previewSide pixels of the longer side of the preview; 0 for none.
 * @throws PictureError where that fails.
 */
export async function decodeImage(source: Blob | ImageBitmap, previewSide: number): Promise<DecodedImage> {
  const { bitmap, orientation } =
    source instanceof Blob ? await decodeFile(source) : { bitmap: source, orientation: UPRIGHT };
  try {
    const [width, height] = orientation < LEFT_SIDE_UP ? [bitmap.width, bitmap.height] : [bitmap.height, bitmap.width];
    if (width * height > MAX_PIXELS) throw tooLarge(width, height);
    const canvas = turn(reduce(bitmap, Math.sqrt(MAX_READ_PIXELS / (width * height))), orientation);
    const picture = contextOf(canvas).getImageData(0, 0, canvas.width, canvas.height);
    const preview =
      previewSide > 0 ? await asJpeg(reduce(canvas, previewSide / Math.max(canvas.width, canvas.height))) : null;
    return { picture, width, height, preview };
  } finally {
    bitmap.close();
  }
}

/** A decoded file, and EXIF's orientation that is still to be applied. */
interface DecodedFile {
  readonly bitmap: ImageBitmap;
  readonly orientation: number;
}

async function decodeFile(file: Blob): Promise<DecodedFile> {
  const head = await bytesOf(file.size > 0 ? file.slice(0, HEADER_BYTES) : file); // a deleted file also has size 0
  if (head.length === 0) throw new PictureError('empty', 'The file is empty.');
  const header = sniffPicture(head);
  if (header === null) {
    throw looksLikeSvg(head)
      ? new PictureError('svg', 'SVG drawings are not read, because they can hold programs.')
      : new PictureError('not-a-picture', 'The file is none of PNG, JPEG, WebP, GIF, AVIF and BMP.');
  }
  if (header.size === null) throw damaged(header.format);
  const { width, height } = header.size;
  if (width * height > MAX_PIXELS) throw tooLarge(width, height);
  try {
    const noted = header.format === 'WebP' ? webpOrientation(head) : null;
    // Some browsers turn a WebP and some don't: none turns one that says that it is upright.
    const whole = noted === null ? file : new Blob([file.slice(0, noted.at), UPRIGHT_BYTE, file.slice(noted.at + 1)]);
    const bitmap = await createImageBitmap(whole, { imageOrientation: 'from-image' });
    return { bitmap, orientation: noted?.orientation ?? UPRIGHT };
  } catch {
    await bytesOf(file.slice(-1)); // says so where the file was deleted meanwhile
    if (header.format === 'HEIC' || header.format === 'AVIF') {
      const { format } = header;
      throw new PictureError('format', `This browser can't decode ${format} pictures.`, { format });
    }
    throw damaged(header.format);
  }
}

async function bytesOf(part: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await part.arrayBuffer());
  } catch {
    throw new PictureError('moved', "The file can't be read; it may have been moved, changed or deleted.");
  }
}

function damaged(format: string): PictureError {
  return new PictureError('damaged', `The ${format} picture is damaged or cut short.`);
}

function tooLarge(width: number, height: number): PictureError {
  const values = { megapixels: Math.ceil((width * height) / 1e6), most: Math.floor(MAX_PIXELS / 1e6) };
  const message = `The picture has ${width} × ${height} pixels, more than ${values.most} million.`;
  return new PictureError('too-large', message, values);
}

/**
 * Draw a picture smaller (never larger): halved as often as possible, then to its size. Bilinear interpolation to a half is
 * the mean of each four pixels, so no pixel is skipped, and it costs a fraction of a browser's finest smoothing.
 */
function reduce(source: ImageBitmap | OffscreenCanvas, scale: number): OffscreenCanvas {
  const width = Math.max(1, Math.round(source.width * Math.min(1, scale)));
  const height = Math.max(1, Math.round(source.height * Math.min(1, scale)));
  let image = source;
  while (image.width >= 2 * width && image.height >= 2 * height) {
    image = draw(image, Math.ceil(image.width / 2), Math.ceil(image.height / 2));
  }
  return draw(image, width, height);
}

function draw(source: ImageBitmap | OffscreenCanvas, width: number, height: number): OffscreenCanvas {
  const canvas = makeCanvas(width, height);
  const context = contextOf(canvas);
  context.imageSmoothingQuality = 'low';
  context.drawImage(source, 0, 0, width, height);
  return canvas;
}

/** What is drawn where, for EXIF's orientations from 1 on: the right side and the lower side, as [x, y] directions. */
const DIRECTIONS = [
  [1, 0, 0, 1],
  [-1, 0, 0, 1],
  [-1, 0, 0, -1],
  [1, 0, 0, -1],
  [0, 1, 1, 0],
  [0, 1, -1, 0],
  [0, -1, -1, 0],
  [0, -1, 1, 0],
] as const;

/** Turn and mirror a picture as EXIF's orientation says. */
function turn(canvas: OffscreenCanvas, orientation: number): OffscreenCanvas {
  if (orientation === UPRIGHT) return canvas;
  const { width, height } = canvas;
  const turned = orientation < LEFT_SIDE_UP ? makeCanvas(width, height) : makeCanvas(height, width);
  const [a, b, c, d] = DIRECTIONS[orientation - 1] as (typeof DIRECTIONS)[number];
  const context = contextOf(turned);
  // What points to the left or up starts at the right or the lower side.
  context.setTransform(a, b, c, d, a + c < 0 ? turned.width : 0, b + d < 0 ? turned.height : 0);
  context.drawImage(canvas, 0, 0);
  return turned;
}

/** A canvas for workers and pages; before Safari 16.4 pages only, with an element, whose methods used here are the same. */
export function makeCanvas(width: number, height: number): OffscreenCanvas {
  if (typeof OffscreenCanvas === 'function') return new OffscreenCanvas(width, height);
  const { document } = globalThis as unknown as { document: { createElement(tag: 'canvas'): OffscreenCanvas } };
  return Object.assign(document.createElement('canvas'), { width, height });
}

export function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) {
    throw new PictureError('memory', 'There is not enough memory for the picture.');
  }
  return context;
}

export function asJpeg(canvas: OffscreenCanvas): Promise<Blob | null> {
  const [type, quality] = ['image/jpeg', 0.8];
  if ('convertToBlob' in canvas) return canvas.convertToBlob({ type, quality });
  const element = canvas as { toBlob(done: (blob: Blob | null) => void, type: string, quality: number): void };
  return new Promise((resolve) => element.toBlob(resolve, type, quality));
}

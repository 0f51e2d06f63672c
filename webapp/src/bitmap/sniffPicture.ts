type Format = 'PNG' | 'JPEG' | 'GIF' | 'WebP' | 'BMP' | 'AVIF' | 'HEIC';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What the first bytes of a picture file tell. */
export interface PictureHeader {
  readonly format: Format;
  /** Pixels, before any rotation that the file asks for; null where the header is cut short or further on. */
  readonly size: Size | null;
}

/**
 * Tell a picture's format and size from the first bytes of its file, without decoding it: a file of a few kilobytes can ask
 * for more memory than there is. Null where the format is unknown.
 */
export function sniffPicture(bytes: Uint8Array): PictureHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const format = formatOf(view);
  return format && { format, size: unlessCutShort(() => SIZES[format](view)) };
}

/** Whether a file is an SVG drawing, or a similar text. */
export function looksLikeSvg(bytes: Uint8Array): boolean {
  return /^\s*(<\?xml|<!doctype svg|<!--|<svg)/i.test(String.fromCharCode(...bytes.subarray(0, 512)));
}

function formatOf(view: DataView): Format | null {
  const start = text(view, 0, 12);
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'PNG';
  if (start.startsWith('\xff\xd8\xff')) return 'JPEG';
  if (/^GIF8[79]a/.test(start)) return 'GIF';
  if (start.startsWith('RIFF') && start.slice(8) === 'WEBP') return 'WebP';
  if (start.startsWith('BM')) return 'BMP';
  if (start.slice(4, 8) !== 'ftyp') return null;
  const brands = text(view, 8, Math.min(Math.max(view.getUint32(0), 16), 64) - 8);
  if (/avif|avis/.test(brands)) return 'AVIF';
  return /hei[cxsm]|hevc|mif1/.test(brands) ? 'HEIC' : null;
}

/** Bytes as characters; fewer where the file ends. */
function text({ buffer, byteOffset, byteLength }: DataView, start: number, length: number): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return String.fromCharCode(...bytes.subarray(start, start + length));
}

/** Reads the size from a file of each format; throws a RangeError beyond the last byte. */
const SIZES: Record<Format, (view: DataView) => Size | null> = {
  PNG: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  JPEG: jpegSize,
  GIF: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  WebP: webpSize,
  BMP: bmpSize,
  AVIF: largestExtent,
  HEIC: largestExtent,
};

function unlessCutShort<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The size in a JPEG's first frame header (SOF), after segments of any length. */
function jpegSize(view: DataView): Size {
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) throw new RangeError('no marker');
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++; // filling
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    const alone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += alone ? 2 : 2 + view.getUint16(at + 2);
  }
}

function webpSize(view: DataView): Size {
  const bits24 = (at: number) => view.getUint8(at) + 256 * view.getUint16(at + 1, true);
  const kind = text(view, 12, 4);
  if (kind === 'VP8X') return { width: bits24(24) + 1, height: bits24(27) + 1 };
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

function bmpSize(view: DataView): Size {
  if (view.getUint32(14, true) === 12) return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
}

/** The largest of the extents (ispe) that an ISO-BMFF picture names: of the picture, its tiles and its thumbnail. */
function largestExtent(view: DataView): Size | null {
  let largest: Size | null = null;
  for (let at = 0; at + 16 <= view.byteLength; at++) {
    if (view.getUint32(at) !== 0x69737065) continue; // "ispe"
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (largest === null || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}

/** What the first bytes of a file say that it is. */
export interface PictureHeader {
  readonly format: 'PNG' | 'JPEG' | 'GIF' | 'WebP' | 'BMP' | 'AVIF' | 'HEIC';
  /** Pixels, before any turning that the picture asks for; null where the header is cut short or further on. */
  readonly size: { readonly width: number; readonly height: number } | null;
}

/**
 * Tell a picture's format and size from the beginning of its file, without decoding it: a file of a few kilobytes can ask
 * for more memory than there is. Null where it is no picture of a known format.
 */
export function sniffPicture(bytes: Uint8Array): PictureHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (start: number, length: number) => String.fromCharCode(...bytes.subarray(start, start + length));
  if (text(0, 8) === '\x89PNG\r\n\x1a\n')
    return { format: 'PNG', size: guarded(() => pair(view, 16, 20, 'Uint32', false)) };
  if (text(0, 3) === '\xff\xd8\xff') return { format: 'JPEG', size: guarded(() => jpegSize(view)) };
  if (/^GIF8[79]a/.test(text(0, 6))) return { format: 'GIF', size: guarded(() => pair(view, 6, 8, 'Uint16', true)) };
  if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP') {
    return { format: 'WebP', size: guarded(() => webpSize(view, text(12, 4))) };
  }
  if (text(0, 2) === 'BM') return { format: 'BMP', size: guarded(() => bmpSize(view)) };
  if (text(4, 4) === 'ftyp') {
    const brands = text(8, Math.min(Math.max(guarded(() => view.getUint32(0)) ?? 0, 16), 64) - 8);
    if (/avif|avis/.test(brands)) return { format: 'AVIF', size: guarded(() => largestExtent(bytes, view)) };
    if (/hei[cxsm]|hevc|mif1/.test(brands)) return { format: 'HEIC', size: guarded(() => largestExtent(bytes, view)) };
  }
  return null;
}

/** Whether a file is a drawing in SVG, or another text in the like of it. */
export function looksLikeSvg(bytes: Uint8Array): boolean {
  return /^\s*(<\?xml|<!doctype svg|<!--|<svg)/i.test(String.fromCharCode(...bytes.subarray(0, 512)));
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Null in the place of what lies beyond the last byte. */
function guarded<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function pair(view: DataView, first: number, second: number, kind: 'Uint16' | 'Uint32', little: boolean): Size {
  return { width: view[`get${kind}`](first, little), height: view[`get${kind}`](second, little) };
}

/** The size in the first frame header (SOF) of a JPEG; past segments of any length. */
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

function webpSize(view: DataView, kind: string): Size {
  const bits24 = (at: number) => view.getUint8(at) + 256 * view.getUint16(at + 1, true);
  if (kind === 'VP8X') return { width: bits24(24) + 1, height: bits24(27) + 1 };
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

function bmpSize(view: DataView): Size {
  if (view.getUint32(14, true) === 12) return pair(view, 18, 20, 'Uint16', true);
  return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
}

/** The largest of the extents (ispe) that an ISO-BMFF picture names: of the picture, its tiles and its thumbnail. */
function largestExtent(bytes: Uint8Array, view: DataView): Size | null {
  let largest: Size | null = null;
  for (let at = 0; at + 16 <= bytes.length; at++) {
    if (view.getUint32(at) !== 0x69737065) continue; // "ispe"
    const size = pair(view, at + 8, at + 12, 'Uint32', false);
    if (largest === null || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}

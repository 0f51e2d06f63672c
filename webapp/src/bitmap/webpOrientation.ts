/** How the camera noted that a picture is to be turned or mirrored: EXIF's orientation, and the byte that holds it. */
export interface NotedOrientation {
  /** 1 (as it is) to 8. */
  readonly orientation: number;
  /** Where its number stands in the file: two bytes, of which this one is the lower. */
  readonly at: number;
}

const ORIENTATION_TAG = 0x0112;

/**
 * Find EXIF's orientation in a WebP file (RIFF, then chunks; EXIF is a small TIFF). Browsers differ in whether they turn a
 * WebP by it. Null where there is none, or where the bytes end before it.
 */
export function webpOrientation(bytes: Uint8Array): NotedOrientation | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const size = view.getUint32(at + 4, true);
    if (view.getUint32(at) === 0x45584946 /* "EXIF" */) return tiffOrientation(view, at + 8);
    at += 8 + size + (size % 2);
  }
  return null;
}

/** The orientation in a TIFF's first directory; some writers put a JPEG's `Exif\0\0` before it. */
function tiffOrientation(view: DataView, chunk: number): NotedOrientation | null {
  try {
    const start = view.getUint32(chunk) === 0x45786966 /* "Exif" */ ? chunk + 6 : chunk;
    const order = view.getUint16(start);
    if (order !== 0x4949 && order !== 0x4d4d) return null;
    const little = order === 0x4949; // "II", else "MM"
    const directory = start + view.getUint32(start + 4, little);
    const entries = view.getUint16(directory, little);
    for (let i = 0; i < entries; i++) {
      const entry = directory + 2 + 12 * i;
      if (view.getUint16(entry, little) !== ORIENTATION_TAG) continue;
      const orientation = view.getUint16(entry + 8, little);
      return orientation >= 1 && orientation <= 8 ? { orientation, at: entry + (little ? 8 : 9) } : null;
    }
    return null;
  } catch (error) {
    if (error instanceof RangeError) return null; // it ends before
    throw error;
  }
}

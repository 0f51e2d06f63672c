import { expect, test } from 'vitest';
import { webpOrientation } from '../../../webapp/src/bitmap';

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (c) => c.charCodeAt(0)) : part)),
  );

const START = ['RIFF', [0, 0, 0, 0], 'WEBP', 'VP8X', [3, 0, 0, 0], [1, 2, 3, 0]] as const; // a chunk of an odd size
const LITTLE = ['II', [42, 0, 8, 0, 0, 0], [2, 0], Array(12).fill(9), [0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]] as const;
const BIG = ['MM', [0, 42, 0, 0, 0, 8], [0, 1], [1, 0x12, 0, 3, 0, 0, 0, 1, 0, 8, 0, 0]] as const;

test.each([
  ['the lower byte first', bytes(...START, 'EXIF', [34, 0, 0, 0], ...LITTLE), 6],
  ['the higher byte first', bytes(...START, 'EXIF', [22, 0, 0, 0], ...BIG), 8],
  ["a JPEG's mark before it", bytes(...START, 'EXIF', [28, 0, 0, 0], 'Exif\0\0', ...BIG), 8],
])('the orientation is found with its place: %s', (_, file, orientation) => {
  const noted = webpOrientation(file);
  expect(noted?.orientation).toBe(orientation);
  const upright = Uint8Array.from(file);
  upright[noted?.at as number] = 1;
  expect(webpOrientation(upright)).toEqual({ orientation: 1, at: noted?.at });
});

test('where there is none, or one that means nothing, or one that is cut off, there is none', () => {
  const whole = bytes(...START, 'EXIF', [34, 0, 0, 0], ...LITTLE);
  for (let length = 0; length < whole.length - 3; length++) expect(webpOrientation(whole.slice(0, length))).toBeNull();
  expect(webpOrientation(bytes(...START, 'EXIF', [1, 0, 0, 0], 'no exif here, none at all'))).toBeNull();
  whole[whole.length - 4] = 9;
  expect(webpOrientation(whole)).toBeNull();
});

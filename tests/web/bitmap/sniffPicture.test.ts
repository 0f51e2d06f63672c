import { expect, test } from 'vitest';
import { looksLikeSvg, sniffPicture } from '../../../webapp/src/bitmap';

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (c) => c.charCodeAt(0)) : part)),
  );

const JPEG_SOF = [0xff, 0xc2, 0, 17, 8, 1, 44, 2, 88]; // 300 high, 600 wide
const APP1 = [0xff, 0xe1, 0, 6, 1, 2, 3, 4];

test.each([
  ['PNG', bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 2, 88, 0, 0, 1, 44])],
  ['JPEG', bytes([0xff, 0xd8], APP1, [0xff], JPEG_SOF)],
  ['GIF', bytes('GIF89a', [88, 2, 44, 1])],
  ['BMP', bytes('BM', Array(12).fill(0), [40, 0, 0, 0, 88, 2, 0, 0, 0xd4, 0xfe, 0xff, 0xff])],
  ['WebP', bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8 ', Array(10).fill(0), [88, 2, 44, 1])],
  ['WebP', bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8X', Array(8).fill(0), [0x57, 2, 0, 0x2b, 1, 0])],
  ['WebP', bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8L', [0, 0, 0, 0, 0x2f], [0x57, 0xc2, 0x4a, 0])],
  ['AVIF', bytes([0, 0, 0, 20], 'ftypavif', Array(20).fill(0), 'ispe', [0, 0, 0, 0, 0, 0, 2, 88, 0, 0, 1, 44])],
] as const)('%s tells its size', (format, content) => {
  expect(sniffPicture(content)).toEqual({ format, size: { width: 600, height: 300 } });
});

test('what is cut before its size has none', () => {
  expect(sniffPicture(bytes('\x89PNG\r\n\x1a\n', [0, 0]))).toEqual({ format: 'PNG', size: null });
  expect(sniffPicture(bytes([0xff, 0xd8, 0xff, 0xe1, 255, 255]))).toEqual({ format: 'JPEG', size: null });
});

test('what is no picture is none, SVG is known for what it is', () => {
  for (const content of [bytes(), bytes('hello, world'), bytes('%PDF-1.7'), bytes('<svg>')]) {
    expect(sniffPicture(content)).toBeNull();
  }
  expect(looksLikeSvg(bytes('<?xml version="1.0"?><svg>'))).toBe(true);
  expect(looksLikeSvg(bytes(' <svg onload="alert(1)">'))).toBe(true);
  expect(looksLikeSvg(bytes('hello <svg>'))).toBe(false);
});

test('no beginning of a file, however damaged, is an error', () => {
  let seed = 1;
  const next = () => (seed = (seed * 48271) % 2147483647);
  const webp = ['RIFF1234WEBPVP8 ', 'RIFF1234WEBPVP8X'];
  const starts = ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'GIF89a', ...webp, 'BM', '1234ftypavif'];
  for (let i = 0; i < 2000; i++) {
    const rest = Array.from({ length: next() % 60 }, () => next() % 256);
    expect(() => sniffPicture(bytes(starts[i % starts.length] as string, rest))).not.toThrow();
  }
});

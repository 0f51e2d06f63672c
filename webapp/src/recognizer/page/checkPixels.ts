import { PIXELS } from '../../ink';
import { refuse } from '../refuse';

/**
 * Check that a value from outside is pixels: whole images of 784 numbers from 0 to 1.
 *
 * @param one whether it must be one image.
 * @throws InvalidInputError that names the pixel.
 */
export function checkPixels(pixels: unknown, one = false): asserts pixels is Float32Array {
  // By its name: one of another frame has a class of its own.
  if (Object.prototype.toString.call(pixels) !== '[object Float32Array]') refuse('pixels', pixels, 'a Float32Array');
  const { length } = pixels as Float32Array;
  if (one ? length !== PIXELS : length % PIXELS) {
    refuse('The number of pixels', length, one ? `one image of ${PIXELS}` : `${PIXELS} an image`);
  }
  for (let i = 0; i < length; i++) {
    const level = (pixels as Float32Array)[i] as number;
    if (!(level >= 0 && level <= 1)) refuse(`Pixel ${i}`, level, 'each as 0 (paper) to 1 (ink)'); // NaN too
  }
}

import { InvalidInputError } from '../../errors';
import { PIXELS } from '../../ink';
import { shown } from '../shown';

/**
 * Check that a value from outside is pixels: whole images of 784 numbers from 0 to 1.
 *
 * @param images how many there must be; by default any number.
 * @throws InvalidInputError that names the pixel.
 */
export function checkPixels(pixels: unknown, images?: number): asserts pixels is Float32Array {
  if (Object.prototype.toString.call(pixels) !== '[object Float32Array]') {
    // also one of another frame
    throw new InvalidInputError(`The pixels are ${shown(pixels)}; give a Float32Array.`, pixels);
  }
  const levels = pixels as Float32Array;
  if (images === undefined ? levels.length % PIXELS !== 0 : levels.length !== images * PIXELS) {
    const count = images === 1 ? 'one image' : 'whole images';
    throw new InvalidInputError(`${levels.length} pixels are not ${count}; give ${PIXELS} an image.`, levels.length);
  }
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i] as number;
    if (level >= 0 && level <= 1) continue; // NaN is neither
    throw new InvalidInputError(`Pixel ${i} is ${level}; give each as 0 (paper) to 1 (ink).`, level);
  }
}

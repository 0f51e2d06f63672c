import { IMAGE_SIZE, rasterizeInk } from '../ink';
import type { Example } from './protocol';

const PIXELS = IMAGE_SIZE * IMAGE_SIZE;

/**
 * What the network sees of examples: n×784 pixels, 0 to 1.
 *
 * @throws RangeError where one has neither ink nor 784 pixels.
 */
export function examplePixels(examples: readonly Example[]): Float32Array {
  const all = new Float32Array(examples.length * PIXELS);
  for (const [i, { ink, pixels, id }] of examples.entries()) {
    if (ink) all.set(rasterizeInk(ink), i * PIXELS);
    else if (pixels?.length === PIXELS) {
      all.set(
        Array.from(pixels, (level) => level / 255),
        i * PIXELS,
      );
    } else throw new RangeError(`The example ${id} has neither ink nor ${PIXELS} pixels.`);
  }
  return all;
}

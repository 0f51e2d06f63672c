import { CLASSES, PIXELS } from '../ink';

/** The network: n×784 pixels, 0 (paper) to 1 (ink), to n×10 probabilities. */
export type Classify = (pixels: Float32Array) => ArrayLike<number>;

/** Ten probabilities of each image of 784 pixels, from one call of the network. */
export function classifyImages(images: readonly Float32Array[], classify: Classify): number[][] {
  if (images.length === 0) return [];
  const all = Array.from(classify(joinImages(images)));
  return images.map((_, i) => all.slice(CLASSES * i, CLASSES * (i + 1)));
}

/** n images, one after another, as n×784 pixels: one image is itself. */
export function joinImages(images: readonly Float32Array[]): Float32Array {
  const [only, ...others] = images;
  if (only && others.length === 0) return only;
  const pixels = new Float32Array(images.length * PIXELS);
  for (const [i, image] of images.entries()) pixels.set(image, i * PIXELS);
  return pixels;
}

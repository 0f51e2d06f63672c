import { IMAGE_SIZE } from '../../ink';

/**
 * How far ink leans to the right, as columns for each row up: the slope of its rows' middles, by its second moments, as in
 * the usual correction of slant (Casey, 1970).
 */
export function lean(image: Float32Array): number {
  let mass = 0;
  let right = 0;
  let down = 0;
  for (let i = 0; i < image.length; i++) {
    const level = image[i] as number;
    mass += level;
    right += level * (i % IMAGE_SIZE);
    down += level * Math.floor(i / IMAGE_SIZE);
  }
  let across = 0;
  let along = 0;
  for (let i = 0; i < image.length; i++) {
    const level = image[i] as number;
    const y = Math.floor(i / IMAGE_SIZE) - down / mass;
    across += level * ((i % IMAGE_SIZE) - right / mass) * y;
    along += level * y * y;
  }
  return along > 0 ? -across / along : 0;
}

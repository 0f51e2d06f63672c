/**
 * What in the ink decides, by occlusion sensitivity (Zeiler and Fergus 2014, "Visualizing and Understanding Convolutional
 * Networks", section 4.2): cover one small square of the image after another, read each covered image, and see how much
 * less, or more, likely a digit becomes.
 */
import { CLASSES, IMAGE_SIZE, PIXELS } from '../../ink';

/** Side of the square that is covered: wider than a stroke, so that it interrupts it, and smaller than a loop. */
const SIDE = 5;

/** Log-odds beyond this are certainty; float32 can't tell more. */
const LEAST = 1e-12;

/** The pixels with ink: the centres of the squares. A square without ink would change nothing. */
export function inkPlaces(pixels: Float32Array): number[] {
  return [...pixels.keys()].filter((place) => (pixels[place] as number) > 0);
}

/** An image of each place: with paper in the square around it. */
export function coveredImages(pixels: Float32Array, places: readonly number[]): Float32Array {
  const images = new Float32Array(places.length * PIXELS);
  const reach = (SIDE - 1) / 2;
  for (const [i, place] of places.entries()) {
    const image = images.subarray(i * PIXELS, (i + 1) * PIXELS);
    image.set(pixels);
    const [x, y] = [place % IMAGE_SIZE, Math.floor(place / IMAGE_SIZE)];
    const [left, right] = [Math.max(0, x - reach), Math.min(IMAGE_SIZE, x + reach + 1)];
    for (let row = Math.max(0, y - reach); row < Math.min(IMAGE_SIZE, y + reach + 1); row++) {
      image.fill(0, row * IMAGE_SIZE + left, row * IMAGE_SIZE + right);
    }
  }
  return images;
}

/**
 * 10×784: by how much the log-odds of each digit fall where the ink around each pixel is covered.
 *
 * @param whole ten probabilities of the image as it is.
 * @param covered ten probabilities for each place, in batches.
 */
export function heatOf(whole: Float32Array, places: readonly number[], covered: readonly Float32Array[]): Float32Array {
  const heat = new Float32Array(CLASSES * PIXELS);
  const before = logOdds(whole);
  const after = covered.flatMap((batch) =>
    Array.from({ length: batch.length / CLASSES }, (_, i) => logOdds(batch.subarray(i * CLASSES, (i + 1) * CLASSES))),
  );
  for (const [i, place] of places.entries()) {
    for (let digit = 0; digit < CLASSES; digit++) {
      heat[digit * PIXELS + place] = (before[digit] as number) - (after[i]?.[digit] as number);
    }
  }
  return heat;
}

/** The sum of the others, not 1 less the probability: of a certain digit float32 keeps nothing but the others. */
function logOdds(probabilities: Float32Array): number[] {
  const all = [...probabilities];
  return all.map((own, digit) => {
    const others = all.reduce((sum, other, i) => (i === digit ? sum : sum + other), 0);
    return Math.log(Math.max(own, LEAST) / Math.max(others, LEAST));
  });
}

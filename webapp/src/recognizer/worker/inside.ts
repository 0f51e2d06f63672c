/** What shows the inside of the network: a chunk that is fetched when somebody looks. */
import type { Model } from '../../network';
import type { FeatureMaps, Inside } from '../recognizer';
import { coveredImages, heatOf, inkPlaces } from './occlusion';

/** Covered images that are read at a time: a few milliseconds of work, after which the worker answers other calls. */
const BATCH = 16;

/**
 * See Recognizer.lookInside.
 *
 * @param isWanted whether somebody still waits for the heat; null for none.
 */
export async function lookInside(
  model: Model,
  pixels: Float32Array,
  isWanted: (() => boolean) | null = null,
): Promise<Inside> {
  const layers = model.layersOf(pixels).flatMap(({ layer: { kind, name, output }, values }): FeatureMaps[] => {
    const [height, width, channels] = output;
    return kind === 'dense' ? [] : [{ name, kind, channels, width, height, values }];
  });
  const probabilities = model.classify(pixels);
  const heat = isWanted && (await findHeat(model, pixels, probabilities, isWanted));
  return { layers, features: model.features(pixels), probabilities, heat };
}

/** @returns null as soon as nobody waits for it any more. */
async function findHeat(
  model: Model,
  pixels: Float32Array,
  whole: Float32Array,
  isWanted: () => boolean,
): Promise<Float32Array | null> {
  const places = inkPlaces(pixels);
  const covered: Float32Array[] = [];
  for (let first = 0; first < places.length; first += BATCH) {
    await new Promise((resolve) => setTimeout(resolve)); // lets other calls in
    if (!isWanted()) return null;
    covered.push(model.classify(coveredImages(pixels, places.slice(first, first + BATCH))));
  }
  return heatOf(whole, places, covered);
}

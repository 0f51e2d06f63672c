/** What shows the inside of the network: a chunk that is fetched when somebody looks. */
import type { FeatureMaps, Inside } from '../recognizer';
import type { Model } from './model';
import { coveredImages, heatOf, inkPlaces } from './occlusion';

const KINDS: Readonly<Record<string, FeatureMaps['kind']>> = { Conv2D: 'convolution', MaxPooling2D: 'pooling' };

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
  const layers: FeatureMaps[] = [];
  const probabilities = model.classify(pixels, (output, { json }) => {
    const kind = KINDS[json?.class_name ?? ''];
    if (kind === undefined) return;
    const [, height = 0, width = 0, channels = 0] = output.shape;
    const values = Float32Array.from(output.dataSync()); // a copy: the backend may use its memory again
    layers.push({ name: json?.config.name ?? '', kind, channels, width, height, values });
  });
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

import { expect, test } from 'vitest';
import { ModelLoadError } from '../../../webapp/src/errors';
import { rasterizeInk } from '../../../webapp/src/ink';
import { OUTPUTS } from '../../../webapp/src/learning/head';
import { buildModel } from '../../../webapp/src/network';
import { GOLDEN_INK } from '../golden';
import { modelFiles, modelJson } from '../shippedNetwork';

interface LayerJson {
  class_name: string;
  config: Record<string, unknown> & { name: string };
}

/** The exported model, with its layers changed. */
function changed(change: (layers: LayerJson[]) => void) {
  const [, ...shards] = modelFiles();
  const json = modelJson('model.json');
  change(json.modelTopology.model_config.config.layers);
  return buildModel([new TextEncoder().encode(JSON.stringify(json)), ...shards]);
}

const seven = () => rasterizeInk(GOLDEN_INK.find(({ digit }) => digit === 7)?.strokes ?? []);
const likeliest = (probabilities: Float32Array) => probabilities.indexOf(Math.max(...probabilities));

test('models that share a body learn apart', async () => {
  const model = await changed(() => {});
  const [one, other] = [model.share(), model.share()];
  // A head that answers 2, whatever it is asked.
  const bias = Float32Array.from({ length: OUTPUTS }, (_, output) => (output === 2 ? 5 : 0));
  one.replaceHead({ kernel: new Float32Array(model.originalHead().kernel.length), bias });
  expect([model, one, other].map((each) => likeliest(each.classify(seven())))).toEqual([7, 2, 7]);
  one.replaceHead(null);
  expect([model, one, other].map((each) => likeliest(each.classify(seven())))).toEqual([7, 7, 7]);
});

const find = (layers: LayerJson[], kind: string) => {
  const place = layers.findIndex(({ class_name }) => class_name === kind);
  return { place, layer: layers[place] as LayerJson };
};

test.each<[string, (layers: LayerJson[]) => string, string]>([
  [
    'images of another size',
    (layers) => {
      const { layer } = find(layers, 'InputLayer');
      layer.config.batch_input_shape = [null, 32, 32, 1];
      return layer.config.name;
    },
    "(InputLayer) can't run on this page",
  ],
  [
    'a layer of another kind',
    (layers) => {
      const { layer } = find(layers, 'MaxPooling2D');
      layer.class_name = 'AveragePooling2D';
      return layer.config.name;
    },
    "(AveragePooling2D) can't run on this page",
  ],
  [
    'a layer that does not fit to the one before it',
    (layers) => {
      const { place } = find(layers, 'MaxPooling2D');
      layers.splice(place, 1);
      return find(layers, 'Dense').layer.config.name;
    },
    "can't run: it takes 576 numbers and gets 5184",
  ],
  [
    'a last layer of eleven numbers',
    (layers) => {
      layers.pop();
      return layers.at(-1)?.config.name ?? '';
    },
    'gives 11 numbers, not ten',
  ],
])('%s: an error that names the layer', async (_, change, why) => {
  let layer = '';
  const loading = changed((layers) => {
    layer = change(layers);
  });
  const error = await loading.catch((caught) => caught);
  expect(error).toBeInstanceOf(ModelLoadError);
  expect(layer).not.toBe('');
  expect(error).toMatchObject({ code: 'unfit', values: { layer } });
  expect(error.message).toContain(`The model's layer ${layer} `);
  expect(error.message).toContain(why);
});

test('a model without a head that learns is refused', async () => {
  const loading = changed((layers) => {
    for (const { class_name, config } of layers) if (class_name === 'Dense') config.activation = 'linear';
  });
  await expect(loading).rejects.toMatchObject({ name: 'ModelLoadError', code: 'unfit' });
});

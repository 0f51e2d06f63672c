import { type Tensor, type Tensor2D, tensor, tidy } from '@tensorflow/tfjs-core';
import { ModelLoadError } from '../../errors';
import { CLASSES, IMAGE_SIZE, PIXELS } from '../../ink';
import { type Head, OUTPUTS } from '../../learning/head';
import {
  type HeadLayer,
  headLayer,
  isHeadLayer,
  type Layer,
  type ModelJson,
  readLayersModel,
  unfit,
} from './layersModel';

/** Images per run: enough to keep the runtime busy, few enough to need little memory. */
const BATCH = 128;

/**
 * Build the network from the files of the exported model: model.json, then the weight shards in their order.
 *
 * @throws ModelLoadError where the page can't run a layer.
 */
export async function buildModel([json, ...shards]: readonly Uint8Array<ArrayBuffer>[]): Promise<Model> {
  const weightData = await new Blob([...shards]).arrayBuffer();
  return new Model(readLayersModel(JSON.parse(new TextDecoder().decode(json)) as ModelJson, weightData));
}

/**
 * The network: a body that turns images into features, a head, which can be replaced, and what makes ten probabilities of
 * the head's eleven.
 */
export class Model {
  readonly #layers: readonly Layer[];
  readonly #body: readonly Layer[];
  readonly #original: HeadLayer;
  readonly #shown: readonly Layer[];
  #head: HeadLayer;

  /** @throws ModelLoadError where no layer is a dense one with softmax and eleven outputs. */
  constructor(layers: readonly Layer[]) {
    const place = layers.findIndex(isHeadLayer);
    const head = layers[place];
    if (!isHeadLayer(head)) throw new ModelLoadError('unfit', 'No layer of the model is a dense one with softmax.');
    if (head.kernel.shape[1] !== OUTPUTS) throw unfit(head, `gives ${head.kernel.shape[1]} numbers, not ${OUTPUTS}`);
    this.#layers = layers;
    this.#body = layers.slice(0, place);
    this.#shown = layers.slice(place + 1);
    this.#original = head;
    this.#head = head;
  }

  /** The same network with the original head, which can be replaced apart from this one's. It costs no memory. */
  share(): Model {
    return new Model(this.#layers);
  }

  /**
   * Read an empty image: the first run allocates and compiles.
   *
   * @throws ModelLoadError where a layer does not fit to the one before it, or the last one does not give ten numbers.
   */
  warmUp(): void {
    const layers = this.#layers[Symbol.iterator]();
    let next = layers.next().value;
    try {
      this.classify(new Float32Array(PIXELS), (output, layer) => {
        next = layers.next().value;
        if (next === undefined && output.size !== CLASSES) throw unfit(layer, `gives ${output.size} numbers, not ten`);
      });
    } catch (error) {
      // Other kinds of errors are of the runtime: it lacks memory, for example.
      throw next && (error as Error).name === 'Error' ? unfit(next, `can't run: ${(error as Error).message}`) : error;
    }
  }

  /**
   * n×784 pixels, 0 (paper) to 1 (ink), to n×10 probabilities.
   *
   * @param see is shown what each layer makes of each batch.
   */
  classify(pixels: Float32Array, see?: See): Float32Array {
    return run([...this.#body, this.#head, ...this.#shown], pixels, CLASSES, see);
  }

  /** n×784 pixels to the n×features numbers that the head takes. */
  features(pixels: Float32Array): Float32Array {
    return run(this.#body, pixels, this.#original.kernel.shape[0]);
  }

  /** The weights of the head that the model came with. */
  originalHead(): Head {
    const { kernel, bias } = this.#original;
    return { kernel: kernel.dataSync() as Float32Array, bias: bias.dataSync() as Float32Array };
  }

  /** Use another head; null for the original one. */
  replaceHead(head: Head | null): void {
    if (this.#head !== this.#original) {
      this.#head.kernel.dispose();
      this.#head.bias.dispose();
    }
    this.#head = head
      ? headLayer(tensor(head.kernel, [head.kernel.length / OUTPUTS, OUTPUTS]) as Tensor2D, tensor(head.bias))
      : this.#original;
  }
}

/** Looks at what a layer made. */
export type See = (output: Tensor, layer: Layer) => void;

/** Run some layers on n×784 pixels, a batch at a time, to n×`width` numbers. */
function run(layers: readonly Layer[], pixels: Float32Array, width: number, see?: See): Float32Array {
  const images = pixels.length / PIXELS;
  const result = new Float32Array(images * width);
  for (let first = 0; first < images; first += BATCH) {
    const batch = pixels.subarray(first * PIXELS, Math.min(first + BATCH, images) * PIXELS);
    tidy(() => {
      const shape = [batch.length / PIXELS, IMAGE_SIZE, IMAGE_SIZE, 1];
      let output: Tensor = tensor(batch, shape);
      for (const layer of layers) {
        output = layer(output);
        see?.(output, layer);
      }
      result.set(output.dataSync(), first * width); // (batch, width)
    });
  }
  return result;
}

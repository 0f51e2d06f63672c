import { kernels } from 'virtual:kernels';
import { CLASSES } from '../ink/image';
import { answers, type Head } from '../learning/head';
import type { BackendName, Layer } from './layers';
import { type ModelJson, type Network, readLayersModel } from './layersModel';
import { type Body, createPlainBody, runLayer } from './plainBody';
import { createWasmBody } from './wasmBody';

/**
 * Build the network from the files of the exported model: model.json, then the weight shards in their order. It runs on
 * WebAssembly, or on plain JavaScript where the browser or the page's policy has none.
 *
 * @throws ModelLoadError where the page can't run a layer.
 */
export async function buildModel([json, ...shards]: readonly Uint8Array<ArrayBuffer>[]): Promise<Model> {
  const weightData = await new Blob([...shards]).arrayBuffer();
  const network = readLayersModel(JSON.parse(new TextDecoder().decode(json)) as ModelJson, weightData);
  const body = await createWasmBody(network.body, kernels).catch(() => null);
  return new Model(network, body ?? createPlainBody(network.body), body ? 'wasm-simd' : 'cpu');
}

/**
 * A network: a body that turns images into features, a head, which can be replaced, and what makes ten probabilities of the
 * head's eleven.
 */
export class Model {
  readonly backend: BackendName;
  readonly #network: Network;
  readonly #body: Body;
  #head: Head;

  constructor(network: Network, body: Body, backend: BackendName) {
    this.#network = network;
    this.#body = body;
    this.backend = backend;
    this.#head = network.head;
  }

  /** The same network with the original head, which can be replaced apart from this one's. It costs no memory. */
  share(): Model {
    return new Model(this.#network, this.#body, this.backend);
  }

  /** n×784 pixels, 0 (paper) to 1 (ink), to n×10 probabilities. */
  classify(pixels: Float32Array): Float32Array {
    const { head, shown } = this.#network;
    const outputs = answers(this.#head, this.features(pixels));
    const result = new Float32Array((outputs.length / head.bias.length) * CLASSES);
    for (let from = 0, to = 0; from < outputs.length; from += head.bias.length, to += CLASSES) {
      const output = outputs.subarray(from, from + head.bias.length);
      result.set(
        shown.reduce((values, layer) => runLayer(layer, values), output),
        to,
      );
    }
    return result;
  }

  /** n×784 pixels to the n×features numbers that the head takes. */
  features(pixels: Float32Array): Float32Array {
    return this.#body(pixels);
  }

  /**
   * What each layer of the body makes of one image, one layer after the other.
   *
   * @param pixels 784 of them.
   */
  layersOf(pixels: Float32Array): { readonly layer: Layer; readonly values: Float32Array }[] {
    let values = pixels;
    return this.#network.body.map((layer) => {
      values = runLayer(layer, values);
      return { layer, values };
    });
  }

  /** The weights of the head that the model came with. */
  originalHead(): Head {
    return this.#network.head;
  }

  /** Use another head; null for the original one. */
  replaceHead(head: Head | null): void {
    this.#head = head ?? this.#network.head;
  }
}

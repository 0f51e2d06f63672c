import { PIXELS } from '../ink';
import type { Layer, Shape } from './layers';
import type { Body } from './plainBody';
import type { Weight } from './weights';

/** What kernels/index.ts exports: places are in bytes of its memory. */
interface Kernels {
  readonly memory: WebAssembly.Memory;
  convolve(...places: number[]): void;
  pool(...places: number[]): void;
  winograd(...places: number[]): void;
  layOut(...places: number[]): void;
  layOutForWinograd(...places: number[]): void;
}

const FLOAT = 4;
const PAGE = 65_536;

/** Columns of a matrix that lie together. */
const PANEL = 8;

/** Winograd's products of so many tiles are made together, if that are whole rows: what is read again stays in the cache. */
const TILES_AT_ONCE = 12;

/**
 * Prepare layers to run on WebAssembly with 128-bit vectors. Weights are laid out and memory is planned once; a run allocates
 * nothing but its result.
 *
 * @param program the compiled kernels.
 * @throws Error where this browser lacks WebAssembly, its vectors or memory, or where the page's policy forbids it.
 */
export async function createWasmBody(layers: readonly Layer[], program: Uint8Array<ArrayBuffer>): Promise<Body> {
  if (layers[0]?.kind !== 'convolution') throw new Error('The kernels need a convolution that takes the one channel.');
  const { instance } = await WebAssembly.instantiate(program);
  const kernels = instance.exports as unknown as Kernels;
  const { memory } = kernels;
  let end = 0;
  const reserve = (floats: number): number => {
    const place = end;
    end = Math.ceil((place + FLOAT * floats) / 64) * 64;
    const missing = Math.ceil((end - memory.buffer.byteLength) / PAGE);
    if (missing > 0) memory.grow(missing);
    return place;
  };
  const put = (values: ArrayLike<number>, place: number): number => {
    new Float32Array(memory.buffer).set(values, place / FLOAT);
    return place;
  };

  const input = reserve(PIXELS);
  // Layers run one after the other and share this room.
  const tiled = layers.filter(isTiled);
  const tiles = reserve(Math.max(0, ...tiled.map((layer) => 16 * tilesAtOnce(layer) * padded(layer.input[2]))));
  const kernel = reserve(
    Math.max(...layers.map((layer) => (layer.kind === 'pooling' ? 0 : layer.kernel.numbers.length + layer.output[2]))),
  );
  /** Bring in a kernel to be laid out, and the factors of its channels behind it. */
  const bring = ({ shape, numbers, scale, min, factors }: Weight) => {
    const ones = () => new Float32Array(shape.at(-1) ?? 0).fill(1);
    return [scale, min, put(factors ?? ones(), put(numbers, kernel) + FLOAT * numbers.length)] as const;
  };
  const products = reserve(Math.max(0, ...tiled.map((layer) => 16 * tilesAtOnce(layer) * padded(layer.output[2]))));
  const steps: (() => void)[] = [];
  let image = input;
  for (let i = 0; i < layers.length; i++) {
    const layer = layers[i] as Layer;
    const next = layers[i + 1];
    const [from, [height, width, channels]] = [image, layer.output];
    const pools = isTiled(layer) && next?.kind === 'pooling' && `${next.size} ${next.strides}` === '2,2 2,2';
    image = reserve(paddedSize(pools ? next.output : layer.output));
    const to = image;
    const before = [layer.input[1], i === 0 ? 1 : padded(layer.input[2])] as const;
    const after = [height, width, padded(channels)] as const;
    if (layer.kind === 'pooling') {
      steps.push(() => kernels.pool(from, to, ...before, ...layer.size, ...layer.strides, height, width));
    } else if (isTiled(layer)) {
      const weights = reserve(16 * before[1] * after[2]);
      const shape = [layer.input[2], before[1], channels, after[2]] as const;
      kernels.layOutForWinograd(kernel, weights, ...shape, ...bring(layer.kernel));
      const bias = put(layer.bias, reserve(after[2]));
      const rows = tilesAtOnce(layer) / (width / 2);
      const room = [tiles, products] as const;
      const how = [layer.least, rows, Number(pools)] as const;
      steps.push(() => kernels.winograd(from, weights, bias, to, ...room, ...before, ...after, ...how));
      if (pools) i++;
    } else {
      const places = layer.size[0] * layer.size[1];
      const weights = reserve(places * before[1] * after[2]);
      const shape = [places, layer.input[2], before[1], channels] as const;
      kernels.layOut(kernel, weights, ...shape, ...bring(layer.kernel));
      const bias = put(layer.bias, reserve(after[2]));
      const how = [...layer.size, ...layer.strides, ...after, layer.least] as const;
      steps.push(() => kernels.convolve(from, weights, bias, to, ...before, ...how));
    }
  }
  const [height, width, channels] = layers.at(-1)?.output ?? [0, 0, 0];
  const values = new Float32Array(memory.buffer); // the memory grows no more

  return (pixels) => {
    const images = pixels.length / PIXELS;
    const result = new Float32Array(images * height * width * channels);
    for (let i = 0; i < images; i++) {
      values.set(pixels.subarray(i * PIXELS, (i + 1) * PIXELS), input / FLOAT);
      for (const step of steps) step();
      for (let pixel = 0; pixel < height * width; pixel++) {
        const from = image / FLOAT + pixel * padded(channels);
        result.set(values.subarray(from, from + channels), (i * height * width + pixel) * channels);
      }
    }
    return result;
  };
}

/** Channels in the kernels' memory: whole panels. */
function padded(channels: number): number {
  return Math.ceil(channels / PANEL) * PANEL;
}

function isTiled(layer: Layer): boolean {
  const [height, width] = layer.output;
  const fits = `${layer.size} ${layer.strides}` === '3,3 1,1' && height % 2 === 0 && width % 2 === 0;
  return layer.kind === 'convolution' && fits && layer.input[2] > 1;
}

/** The size of an image in the kernels' memory. */
function paddedSize([height, width, channels]: Shape): number {
  return height * width * padded(channels);
}

/** Whole rows of tiles. */
function tilesAtOnce({ output: [height, width] }: Layer): number {
  const across = width / 2;
  return across * Math.min(height / 2, Math.ceil(TILES_AT_ONCE / across));
}

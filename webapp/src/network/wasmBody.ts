import { PIXELS } from '../ink';
import type { Convolution, Layer, Shape } from './layers';
import type { Body } from './plainBody';

/** What kernels/index.ts exports: places are in bytes of its memory. */
interface Kernels {
  readonly memory: WebAssembly.Memory;
  convolve(...places: number[]): void;
  pool(...places: number[]): void;
  winograd(...places: number[]): void;
}

const FLOAT = 4;
const PAGE = 65_536;

/** Columns of a matrix that lie together. */
const PANEL = 8;

/** Winograd's products of so many tiles are made together, if that are whole rows: what is read again stays in the cache. */
const TILES_AT_ONCE = 12;

/** Winograd's G: a kernel g becomes the 16 numbers of G g Gᵀ. */
const G = [
  [1, 0, 0],
  [0.5, 0.5, 0.5],
  [0.5, -0.5, 0.5],
  [0, 0, 1],
] as const;

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
  const keep = (values: Float32Array): number => {
    const place = reserve(values.length);
    new Float32Array(memory.buffer).set(values, place / FLOAT);
    return place;
  };

  const input = reserve(PIXELS);
  // Layers run one after the other and share this room.
  const tiled = layers.filter(isTiled);
  const tiles = reserve(Math.max(0, ...tiled.map((layer) => 16 * tilesAtOnce(layer) * padded(layer.input[2]))));
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
      const [weights, bias] = [keep(winogradKernels(layer)), keep(paddedBias(layer))];
      const rows = tilesAtOnce(layer) / (width / 2);
      const room = [tiles, products] as const;
      const how = [layer.least, rows, Number(pools)] as const;
      steps.push(() => kernels.winograd(from, weights, bias, to, ...room, ...before, ...after, ...how));
      if (pools) i++;
    } else {
      const [weights, bias] = [keep(panels(layer.kernel, layer, before[1])), keep(paddedBias(layer))];
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

function paddedBias({ bias }: Convolution): Float32Array {
  const result = new Float32Array(padded(bias.length));
  result.set(bias);
  return result;
}

/**
 * The rows of a kernel, (places · input channels)×output channels, in panels: eight output channels after eight.
 *
 * @param channels the input's in the kernels' memory.
 */
function panels(kernel: Float32Array, { input, output }: Layer, channels: number): Float32Array {
  const [from, to] = [input[2], output[2]];
  const rows = (kernel.length / from / to) * channels;
  const result = new Float32Array(rows * padded(to));
  for (let i = 0; i < kernel.length; i++) {
    const [channel, place] = [i % to, Math.floor(i / to)];
    const row = Math.floor(place / from) * channels + (place % from);
    const panel = Math.floor(channel / PANEL);
    result[(panel * rows + row) * PANEL + (channel % PANEL)] = kernel[i] as number;
  }
  return result;
}

/** The 16 matrices of input channels×output channels that Winograd's products are made with, in panels. */
function winogradKernels(layer: Convolution): Float32Array {
  const size = layer.input[2] * layer.output[2];
  const matrices = G.flatMap((rowFactors) =>
    G.map((columnFactors) => {
      const matrix = new Float32Array(size);
      for (let i = 0; i < size; i++) {
        let sum = 0;
        for (const [y, rowFactor] of rowFactors.entries())
          for (const [x, columnFactor] of columnFactors.entries())
            sum += rowFactor * columnFactor * (layer.kernel[(3 * y + x) * size + i] as number);
        matrix[i] = sum;
      }
      return panels(matrix, layer, padded(layer.input[2]));
    }),
  );
  const result = new Float32Array(matrices.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const matrix of matrices) {
    result.set(matrix, at);
    at += matrix.length;
  }
  return result;
}

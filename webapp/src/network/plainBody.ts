import { PIXELS } from '../ink';
import { type Convolution, type Layer, type Pooling, sizeOf } from './layers';

/** Turns n×784 pixels into n×features numbers. */
export type Body = (pixels: Float32Array) => Float32Array;

/** Run layers in plain JavaScript, for browsers without the WebAssembly that wasmBody.ts needs. */
export function createPlainBody(layers: readonly Layer[]): Body {
  return (pixels) => {
    const results: Float32Array[] = [];
    for (let at = 0; at < pixels.length; at += PIXELS)
      results.push(layers.reduce((image, layer) => runLayer(layer, image), pixels.subarray(at, at + PIXELS)));
    const features = new Float32Array(results.length * (results[0]?.length ?? 0));
    for (const [i, result] of results.entries()) features.set(result, i * result.length);
    return features;
  };
}

/** What one layer makes of one image. */
export function runLayer(layer: Layer, image: Float32Array): Float32Array {
  const { size, strides, input, output } = layer;
  const [rows, columns] = output;
  const result = new Float32Array(sizeOf(output));
  const [, width, channels] = input;
  const apply = layer.kind === 'pooling' ? maxOf : sumOf;
  for (let y = 0, to = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, to += output[2]) {
      const pixel = result.subarray(to, to + output[2]);
      apply(layer as never, image, (y * strides[0] * width + x * strides[1]) * channels, pixel);
    }
  }
  return result;

  function maxOf(_: Pooling, image: Float32Array, corner: number, pixel: Float32Array): void {
    pixel.fill(-Infinity);
    for (let i = 0; i < size[0]; i++)
      for (let j = 0; j < size[1]; j++)
        for (let c = 0, at = corner + (i * width + j) * channels; c < channels; c++, at++)
          if ((image[at] as number) > (pixel[c] as number)) pixel[c] = image[at] as number;
  }

  function sumOf({ kernel, bias, least }: Convolution, image: Float32Array, corner: number, pixel: Float32Array): void {
    pixel.set(bias);
    const factors = kernel.values;
    const across = size[1] * channels;
    for (let i = 0, weights = 0; i < size[0]; i++) {
      const start = corner + i * width * channels;
      for (let at = start; at < start + across; at++, weights += pixel.length) {
        const value = image[at] as number;
        if (value === 0) continue; // paper, and what ReLU cut off: most of it
        for (let c = 0; c < pixel.length; c++)
          pixel[c] = (pixel[c] as number) + value * (factors[weights + c] as number);
      }
    }
    for (let c = 0; c < pixel.length; c++) if ((pixel[c] as number) < least) pixel[c] = least;
  }
}

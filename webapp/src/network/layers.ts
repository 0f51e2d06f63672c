/** What a network is made of, as the page runs it, and what it runs on. */
import type { Weight } from './weights';

/** WebAssembly with vectors, or plain JavaScript. */
export type BackendName = 'wasm-simd' | 'cpu';

/** The size of an image that goes from layer to layer: rows, columns, channels. Its values lie in this order. */
export type Shape = readonly [height: number, width: number, channels: number];

type Pair = readonly [height: number, width: number];

/** A convolution without padding. A dense layer is one whose kernel covers the whole image. */
export interface Convolution {
  readonly kind: 'convolution' | 'dense';
  readonly name: string;
  readonly size: Pair;
  readonly strides: Pair;
  /** height×width×input channels×output channels. */
  readonly kernel: Weight;
  readonly bias: Float32Array;
  /** No result is less: 0 for ReLU, -Infinity for none. */
  readonly least: number;
  readonly input: Shape;
  readonly output: Shape;
}

/** Keeps the largest of each window. */
export interface Pooling {
  readonly kind: 'pooling';
  readonly name: string;
  readonly size: Pair;
  readonly strides: Pair;
  readonly input: Shape;
  readonly output: Shape;
}

export type Layer = Convolution | Pooling;

/** How many values an image has. */
export function sizeOf([height, width, channels]: Shape): number {
  return height * width * channels;
}

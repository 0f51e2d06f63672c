import { ModelLoadError } from '../errors';

/** How the manifest of a model in TF.js layers format describes a weight. */
export interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string; readonly scale?: number; readonly min?: number };
}

/** The numbers of a weight as the file holds them: each is `scale` times that, and `min`; all times its channel's factor. */
export class Weight {
  readonly shape: readonly number[];
  readonly numbers: ArrayLike<number>;
  readonly scale: number;
  readonly min: number;
  /** One for each output channel, which is the last axis; null: all are 1. */
  readonly factors: Float32Array | null;
  #values: Float32Array | null = null;

  constructor(
    shape: readonly number[],
    numbers: ArrayLike<number>,
    scale = 1,
    min = 0,
    factors: Float32Array | null = null,
  ) {
    this.shape = shape;
    this.numbers = numbers;
    this.scale = scale;
    this.min = min;
    this.factors = factors;
  }

  /** The same weight with each output channel multiplied. */
  times(factors: Float32Array): Weight {
    const { shape, numbers, scale, min, factors: before } = this;
    const both = before ? factors.map((factor, channel) => factor * (before[channel] as number)) : factors;
    return new Weight(shape, numbers, scale, min, both);
  }

  /** The values themselves. Who can, multiplies elsewhere: a loop over all of them takes a cold browser milliseconds. */
  get values(): Float32Array {
    if (this.#values) return this.#values;
    const { numbers, scale, min, factors } = this;
    const values = new Float32Array(numbers);
    if (scale !== 1 || min !== 0 || factors)
      for (let i = 0; i < values.length; i++)
        values[i] = ((numbers[i] as number) * scale + min) * (factors ? (factors[i % factors.length] as number) : 1);
    this.#values = values;
    return values;
  }
}

export type Weights = ReadonlyMap<string, Weight>;

/** Numbers as files hold them. */
const KINDS: Readonly<Record<string, { new (buffer: ArrayBuffer): ArrayLike<number>; BYTES_PER_ELEMENT: number }>> = {
  float32: Float32Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
};

/**
 * Read weights, which follow each other in `data`: float32, or integers that are spread over their range.
 *
 * @throws ModelLoadError where a weight has numbers of another kind, or the data are too short.
 */
export function decodeWeights(entries: readonly WeightEntry[], data: ArrayBuffer): Weights {
  const weights = new Map<string, Weight>();
  let at = 0;
  for (const { name, shape, dtype, quantization } of entries) {
    const kind = KINDS[quantization?.dtype ?? dtype];
    if (kind === undefined || dtype !== 'float32') throw unfit(name, `are ${quantization?.dtype ?? dtype}`);
    const end = at + kind.BYTES_PER_ELEMENT * shape.reduce((product, side) => product * side, 1);
    if (end > data.byteLength) throw unfit(name, 'are missing');
    // A copy: the numbers may lie across the boundaries of their kind.
    const numbers = new kind(data.slice(at, end));
    weights.set(name, new Weight(shape, numbers, quantization?.scale, quantization?.min));
    at = end;
  }
  return weights;
}

function unfit(name: string, why: string): ModelLoadError {
  return new ModelLoadError('unfit', `The numbers of the model's weight ${name} ${why}; this page can't run it.`);
}

/** What the worker learns with: a chunk of its own, fetched when there is something to learn. */
import { adaptHead, type Examples } from '../learning/adaptHead';
import { crossValidate, type Validation } from '../learning/crossValidate';
import { CLASSES, type Head, NOT_A_DIGIT } from '../learning/head';
import type { LearningChange } from './protocol';

/** Learns from the newest examples only, by their id, so that it stays quick with an imported crowd. */
const MOST_EXAMPLES = 1000;

/** The examples of a user, as features, and the head that is learnt from them. */
export class Learner {
  readonly #original: Head;
  readonly #rehearsed: Float32Array;
  readonly #sureEnough: number;
  /** By id: a label, and what the network's body makes of the example. */
  readonly #known = new Map<string, { readonly label: number; readonly features: Float32Array }>();

  /**
   * @param replay the replay set as `make export` wrote it (export/replay.py says how), or null.
   * @param sureEnough the confidence that a digit has to exceed to be named.
   */
  constructor(original: Head, replay: Uint8Array<ArrayBuffer> | null, sureEnough: number) {
    this.#original = original;
    this.#rehearsed = replay ? readReplay(replay, this.#width) : new Float32Array(0);
    this.#sureEnough = sureEnough;
  }

  /**
   * Take examples in, and others out. Gives the head that is learnt from all that are left, or null with none.
   *
   * @param features what the network's body makes of each example that is added.
   */
  learn({ add = [], forget = [] }: LearningChange, features: Float32Array): Head | null {
    for (const id of forget) this.#known.delete(id);
    for (const [i, { id, label }] of add.entries()) {
      const own = features.slice(i * this.#width, (i + 1) * this.#width);
      this.#known.set(id, { label: label ?? NOT_A_DIGIT, features: own });
    }
    return this.#known.size > 0 ? adaptHead(this.#original, this.#examples(), this.#rehearsed) : null;
  }

  /** How the examples are read without and with learning from the others. */
  validate(): Validation | null {
    return crossValidate(this.#original, this.#examples(), this.#rehearsed, (probabilities, label) => {
      const most = Math.max(...probabilities);
      const read = most > this.#sureEnough ? probabilities.indexOf(most) : NOT_A_DIGIT;
      return read === label;
    });
  }

  get #width(): number {
    return this.#original.kernel.length / CLASSES;
  }

  /** The examples in the order of their ids, so that the order in which they came makes no difference. */
  #examples(): Examples {
    const sorted = [...this.#known.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).slice(-MOST_EXAMPLES);
    const features = new Float32Array(sorted.length * this.#width);
    for (const [row, [, example]] of sorted.entries()) features.set(example.features, row * this.#width);
    return { features, labels: sorted.map(([, { label }]) => label) };
  }
}

/** r×width features: a float32 scale for each, then a byte for each feature of each digit. */
function readReplay(content: Uint8Array<ArrayBuffer>, width: number): Float32Array {
  const view = new DataView(content.buffer, content.byteOffset);
  const scales = Float32Array.from({ length: width }, (_, k) => view.getFloat32(4 * k, true));
  return Float32Array.from(content.subarray(4 * width), (level, i) => level * (scales[i % width] as number));
}

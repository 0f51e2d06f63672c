/** What the worker learns with: a chunk of its own, fetched when there is something to learn. */
import { adaptHead, type Examples } from '../../learning/adaptHead';
import { crossValidate, type Validation } from '../../learning/crossValidate';
import { CLASSES, type Head, NOT_A_DIGIT } from '../../learning/head';
import { type Drawing, VIEWS, viewOf } from '../../learning/views';
import type { LearningChange } from '../protocol';

/** Learns from the newest examples only, by their id, so that it stays quick with an imported crowd. */
const MOST_EXAMPLES = 1000;

/** Likewise, views of all examples together, beside the examples: the more examples there are, the less each needs. */
const MOST_VIEWS = 600;

/** An example, with what the network's body makes of those views of it that were needed so far; the first is itself. */
interface Known {
  readonly label: number;
  readonly drawing: Drawing;
  readonly views: Float32Array[];
}

/** n×784 pixels to n×features. */
export type FeaturesOf = (pixels: Float32Array) => Float32Array;

/** The examples of a user, as features, and the head that is learnt from them. */
export class Learner {
  readonly #original: Head;
  readonly #rehearsed: Float32Array;
  readonly #sureEnough: number;
  readonly #featuresOf: FeaturesOf;
  readonly #known = new Map<string, Known>();

  /**
   * @param replay the replay set as `make export` wrote it (export/replay.py says how), or null.
   * @param sureEnough the confidence that a digit has to exceed to be named.
   * @param featuresOf the network's body.
   */
  constructor(original: Head, replay: Uint8Array<ArrayBuffer> | null, sureEnough: number, featuresOf: FeaturesOf) {
    this.#original = original;
    this.#rehearsed = replay ? readReplay(replay, this.#width) : new Float32Array(0);
    this.#sureEnough = sureEnough;
    this.#featuresOf = featuresOf;
  }

  /**
   * Take examples in, and others out. Gives the head that is learnt from all that are left, or null with none.
   *
   * @throws RangeError where one has neither ink nor 784 pixels; then nothing has changed.
   */
  learn({ add = [], forget = [] }: LearningChange): Head | null {
    const known = add.map((drawing) => ({ label: drawing.label ?? NOT_A_DIGIT, drawing, views: [] }));
    this.#look(known, 1);
    for (const id of forget) this.#known.delete(id);
    for (const [i, { id }] of add.entries()) this.#known.set(id, known[i] as Known);
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
    const examples = sorted.map(([, known]) => known);
    const others = 2 * Math.floor(Math.min(VIEWS - 1, MOST_VIEWS / examples.length) / 2); // they come in pairs
    this.#look(examples, 1 + others);
    return {
      features: joined(examples.map(({ views }) => views[0] as Float32Array)),
      labels: examples.map(({ label }) => label),
      views: joined(examples.flatMap(({ views }) => views.slice(1, 1 + others))),
    };
  }

  /** See to it that the first `count` views of each are there. */
  #look(examples: readonly Known[], count: number): void {
    const missing = examples.flatMap(({ drawing, views }) =>
      Array.from({ length: Math.max(count - views.length, 0) }, (_, i) => ({ drawing, views, view: views.length + i })),
    );
    if (missing.length === 0) return;
    const features = this.#featuresOf(joined(missing.map(({ drawing, view }) => viewOf(drawing, view))));
    for (const [row, { views }] of missing.entries()) {
      views.push(features.slice(row * this.#width, (row + 1) * this.#width));
    }
  }
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const length = rows[0]?.length ?? 0;
  const all = new Float32Array(rows.length * length);
  for (const [i, row] of rows.entries()) all.set(row, i * length);
  return all;
}

/** r×width features: a float32 scale for each, then four bits, the low ones first, for each feature of each digit. */
function readReplay(content: Uint8Array<ArrayBuffer>, width: number): Float32Array {
  const view = new DataView(content.buffer, content.byteOffset);
  const scales = Float32Array.from({ length: width }, (_, k) => view.getFloat32(4 * k, true));
  const pairs = content.subarray(4 * width);
  return Float32Array.from({ length: 2 * pairs.length }, (_, i) => {
    const pair = pairs[i >> 1] as number;
    const level = (i % 2 === 0 ? pair & 15 : pair >> 4) / 15;
    return level * level * (scales[i % width] as number);
  });
}

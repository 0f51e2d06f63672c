/** What learns: a chunk that is fetched when there is something to learn. */
import { adaptHead, type Examples } from '../../learning/adaptHead';
import { AUGMENTATIONS, augment, type Drawing } from '../../learning/augmentations';
import { crossValidate, type Validation } from '../../learning/crossValidate';
import { type Head, NOT_A_DIGIT, OUTPUTS } from '../../learning/head';
import type { LearningChange } from '../recognizer';

/** Only the newest examples count, by their id, so that learning stays quick with thousands of imported ones. */
const MAX_EXAMPLES = 1000;

/** Views of all examples together, beside the examples themselves: with more examples, each needs fewer. */
const MAX_VIEWS = 600;

/** An example, with the features of those views of it that were needed so far; the first view is the drawing itself. */
interface StoredExample {
  readonly label: number;
  readonly drawing: Drawing;
  readonly views: Float32Array[];
}

/** Learns from the examples of a user. */
export interface Learner {
  /**
   * Add examples, and forget others.
   *
   * @returns the head that is learnt from all that are left; null where none are.
   * @throws RangeError where one has neither ink nor 784 pixels; then nothing has changed.
   */
  learn(change: LearningChange): Head | null;
  /** How the examples are read without and with learning from the others. */
  validate(): Validation | null;
}

/**
 * @param replay the replay set as `make export` wrote it (see export/replay.py), or null.
 * @param confidenceThreshold a digit is named where its confidence exceeds this.
 * @param featuresOf the network's body: n×784 pixels to n×features.
 */
export function createLearner(
  original: Head,
  replay: Uint8Array<ArrayBuffer> | null,
  confidenceThreshold: number,
  featuresOf: (pixels: Float32Array) => Float32Array,
): Learner {
  const width = original.kernel.length / OUTPUTS;
  const rehearsed = replay ? readReplay(replay, width) : new Float32Array(0);
  const stored = new Map<string, StoredExample>();

  /** The examples in the order of their ids, so that the order of the calls makes no difference. */
  function examples(): Examples {
    const sorted = [...stored.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).slice(-MAX_EXAMPLES);
    const newest = sorted.map(([, example]) => example);
    const others = 2 * Math.floor(Math.min(AUGMENTATIONS - 1, MAX_VIEWS / newest.length) / 2); // they come in pairs
    computeViews(newest, 1 + others);
    return {
      features: joined(newest.map(({ views }) => views[0] as Float32Array)),
      labels: newest.map(({ label }) => label),
      augmented: joined(newest.flatMap(({ views }) => views.slice(1, 1 + others))),
    };
  }

  /** Compute the features of the first `count` views of each, where they are missing. */
  function computeViews(examples: readonly StoredExample[], count: number): void {
    const missing = examples.flatMap(({ drawing, views }) =>
      Array.from({ length: Math.max(count - views.length, 0) }, (_, i) => ({ drawing, views, view: views.length + i })),
    );
    if (missing.length === 0) return;
    const features = featuresOf(joined(missing.map(({ drawing, view }) => augment(drawing, view))));
    for (const [row, { views }] of missing.entries()) views.push(features.slice(row * width, (row + 1) * width));
  }

  return {
    learn({ add = [], forget = [] }) {
      const added = add.map((drawing) => ({ label: drawing.label ?? NOT_A_DIGIT, drawing, views: [] }));
      computeViews(added, 1);
      for (const id of forget) stored.delete(id);
      for (const [i, { id }] of add.entries()) stored.set(id, added[i] as StoredExample);
      return stored.size > 0 ? adaptHead(original, examples(), rehearsed) : null;
    },

    validate() {
      return crossValidate(original, examples(), rehearsed, (probabilities, label) => {
        const confidence = Math.max(...probabilities);
        return label === (confidence > confidenceThreshold ? probabilities.indexOf(confidence) : NOT_A_DIGIT);
      });
    },
  };
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const length = rows[0]?.length ?? 0;
  const all = new Float32Array(rows.length * length);
  for (const [i, row] of rows.entries()) all.set(row, i * length);
  return all;
}

/** r×width features: a float32 scale for each, then four bits, the low ones first, for each feature of each digit. */
export function readReplay(content: Uint8Array<ArrayBuffer>, width: number): Float32Array {
  const view = new DataView(content.buffer, content.byteOffset);
  const scales = Float32Array.from({ length: width }, (_, k) => view.getFloat32(4 * k, true));
  const pairs = content.subarray(4 * width);
  return Float32Array.from({ length: 2 * pairs.length }, (_, i) => {
    const pair = pairs[i >> 1] as number;
    const level = (i % 2 === 0 ? pair & 15 : pair >> 4) / 15;
    return level * level * (scales[i % width] as number);
  });
}

import { type Head, logitsOf, NOT_A_DIGIT, OUTPUTS, probabilitiesOf, softmax } from './head';
import { labelReliability } from './labelReliability';
import { limitDrift } from './limitDrift';
import { minimize, type Objective } from './minimize';
import { dot } from './vectors';

/** The examples of a user. */
export interface Examples {
  /** n×features, from the network's body. */
  readonly features: Float32Array;
  /** n labels, 0 to 9 or NOT_A_DIGIT. */
  readonly labels: readonly number[];
  /** n×a×features of the augmented examples (see augmentations.ts). */
  readonly augmented?: Float32Array;
}

// learning_folds.py chose these numbers, on digits of writers whom the network did not know.
const EXAMPLE_WEIGHT = 9600; // of a single example with a fully reliable label
const HALVING_COUNT = 33; // with so many examples each has half that weight: a hundred must not outvote the replayed digits
const AUGMENTED_SHARE = 0.86; // of an example's weight
const RELIABILITY_POWER = 3;
const L2 = 8; // penalty on the squared change of the weights
const REPLAY_WEIGHT = 4; // of each replayed digit, if there are REPLAY_COUNT
const LOGIT_PENALTY = 0.1; // on the squared change of a replayed digit's logits, if there are REPLAY_COUNT
const REPLAY_COUNT = 600;
const STEPS = 22;
const TOLERANCE = 1e-4; // share of the first gradient, which the examples dominate

/**
 * Train the last layer further on a user's examples and return the new layer; the original does not change.
 *
 * The loss has four terms:
 * - cross-entropy of the examples and their augmentations, weighted by the reliability of each label (see labelReliability);
 * - cross-entropy of the replayed digits against the original head's answers, so that learning a new 7 does not break
 *   the old 1;
 * - the squared change of the replayed digits' logits, so that the change uses directions that ordinary digits do not;
 * - the squared change of the weights, in units in which features are about 1.
 *
 * The loss is convex and the search starts at the original weights, so equal examples in equal order give equal heads.
 * The change is then scaled back until the answers to the replayed digits barely change (see limitDrift).
 *
 * @param replayed r×features of digits of the training set; may be empty.
 * @throws RangeError if examples, augmentations and labels differ in number, or a label is out of range.
 */
export function adaptHead(original: Head, examples: Examples, replayed: Float32Array): Head {
  const { features: drawn, labels, augmented = new Float32Array(0) } = examples;
  const width = original.kernel.length / OUTPUTS;
  const count = labels.length;
  if (drawn.length !== count * width) {
    throw new RangeError(`${count} examples need ${count * width} features; got ${drawn.length}.`);
  }
  const wrong = labels.find((label) => !(Number.isInteger(label) && label >= 0 && label <= NOT_A_DIGIT));
  if (wrong !== undefined) throw new RangeError(`A label is 0 to 9, or ${NOT_A_DIGIT} for no digit; got ${wrong}.`);
  if (count === 0) return original;
  const each = augmented.length / (count * width);
  if (!Number.isInteger(each)) {
    throw new RangeError(`${augmented.length} features are no augmentations of ${count} examples.`);
  }

  const features = new Float32Array(drawn.length + augmented.length + replayed.length);
  features.set(drawn);
  features.set(augmented, drawn.length);
  features.set(replayed, drawn.length + augmented.length);
  const rows = features.length / width;
  const learnt = count * (1 + each);
  const usual = replayed.length > 0 ? replayed : drawn;
  const scale = Math.sqrt(dot(usual, usual) / usual.length) || 1;
  const replayScale = REPLAY_COUNT / Math.max(rows - learnt, 1);
  const logits = logitsOf(original, features);
  const targets = probabilitiesOf(logits);
  const weights = new Float64Array(rows).fill(REPLAY_WEIGHT * replayScale);
  const reliability = labelReliability(original, drawn, labels);
  for (let row = 0; row < learnt; row++) {
    const i = row < count ? row : Math.floor((row - count) / each);
    const label = labels[i] as number;
    for (let c = 0; c < OUTPUTS; c++) targets[row * OUTPUTS + c] = Number(c === label);
    const weight = (EXAMPLE_WEIGHT / (1 + count / HALVING_COUNT)) * (reliability[i] as number) ** RELIABILITY_POWER;
    if (each === 0) weights[row] = weight;
    else weights[row] = weight * (row < count ? 1 - AUGMENTED_SHARE : AUGMENTED_SHARE / each);
  }
  const penalties = new Float64Array(rows).fill(LOGIT_PENALTY * replayScale, learnt);
  const sparse = Array.from(weights, (_, row) => sparseRow(features.subarray(row * width, (row + 1) * width), scale));
  const loss = lossOf(sparse, logits, targets, weights, penalties);
  const change = minimize(loss, new Float64Array((width + 1) * OUTPUTS), STEPS, TOLERANCE);
  const whole = changed(original, change, scale);
  const share = limitDrift(logits.subarray(learnt * OUTPUTS), logitsOf(whole, replayed));
  return changed(
    original,
    change.map((by) => share * by),
    scale,
  );
}

/** Add a change, (features + 1)×11, to a head. */
function changed({ kernel, bias }: Head, change: Float64Array, scale: number): Head {
  return {
    kernel: kernel.map((weight, i) => weight + (change[i] as number) / scale),
    bias: bias.map((weight, c) => weight + (change[kernel.length + c] as number)),
  };
}

/** What a row's features, divided by `scale`, are where they are not zero, as half are after a ReLU. */
interface SparseRow {
  /** Columns times OUTPUTS. The last is the bias's, whose value is 1. */
  readonly places: Int32Array;
  readonly values: Float64Array;
}

function sparseRow(features: Float32Array, scale: number): SparseRow {
  const columns = [...features.keys()].filter((k) => features[k] !== 0);
  return {
    places: Int32Array.of(...columns, features.length).map((column) => column * OUTPUTS),
    values: Float64Array.of(...columns.map((k) => (features[k] as number) / scale), 1),
  };
}

/**
 * Make the loss of a change, (features + 1)×11, with its gradient.
 *
 * @param start n×11 logits before the change.
 * @param penalties of each row, on the squared change of its logits.
 */
function lossOf(
  rows: readonly SparseRow[],
  start: Float64Array,
  targets: Float32Array,
  weights: Float64Array,
  penalties: Float64Array,
): Objective {
  const moved = new Float64Array(OUTPUTS);
  const slopes = new Float64Array(OUTPUTS); // of the loss, by the logits of a row
  return (change, gradient) => {
    let loss = (L2 / 2) * dot(change, change);
    for (let i = 0; i < change.length; i++) gradient[i] = L2 * (change[i] as number);
    for (let row = 0; row < rows.length; row++) {
      const { places, values } = rows[row] as SparseRow;
      const weight = weights[row] as number;
      const penalty = penalties[row] as number;
      moved.fill(0);
      for (let i = 0; i < places.length; i++) {
        const place = places[i] as number;
        const value = values[i] as number;
        for (let c = 0; c < OUTPUTS; c++) moved[c] = (moved[c] as number) + value * (change[place + c] as number);
      }
      let aimed = 0;
      for (let c = 0; c < OUTPUTS; c++) {
        const logit = (start[row * OUTPUTS + c] as number) + (moved[c] as number);
        slopes[c] = logit;
        aimed += (targets[row * OUTPUTS + c] as number) * logit;
        loss += (penalty / 2) * (moved[c] as number) ** 2;
      }
      loss += weight * (softmax(slopes) - aimed);
      for (let c = 0; c < OUTPUTS; c++) {
        const miss = (slopes[c] as number) - (targets[row * OUTPUTS + c] as number);
        slopes[c] = weight * miss + penalty * (moved[c] as number);
      }
      for (let i = 0; i < places.length; i++) {
        const place = places[i] as number;
        const value = values[i] as number;
        for (let c = 0; c < OUTPUTS; c++) {
          gradient[place + c] = (gradient[place + c] as number) + value * (slopes[c] as number);
        }
      }
    }
    return loss;
  };
}

import { CLASSES, type Head, logitsOf, NOT_A_DIGIT, probabilitiesOf, softmax } from './head';
import { labelReliability } from './labelReliability';
import { limitDrift } from './limitDrift';
import { minimize } from './minimize';

/** The examples of a user. */
export interface Examples {
  /** n×features, from the network's body. */
  readonly features: Float32Array;
  /** n labels, 0 to 9 or NOT_A_DIGIT. */
  readonly labels: readonly number[];
  /** n×v×features of the augmented examples (see views.ts). */
  readonly views?: Float32Array;
}

// learning_folds.py chose these numbers, on digits of writers whom the network did not know.
const EXAMPLE_WEIGHT = 9600; // of a single example with a fully reliable label
const HALVING_COUNT = 33; // with so many examples each has half that weight: a hundred must not outvote the replayed digits
const VIEW_SHARE = 0.86; // of an example's weight
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
 * - cross-entropy of the examples and their views, weighted by the reliability of each label (see labelReliability);
 *   the target of an example that is no digit is ten equal probabilities, as in training;
 * - cross-entropy of the replayed digits against the original head's answers, so that learning a new 7 does not break
 *   the old 1;
 * - the squared change of the replayed digits' logits, so that the change uses directions that ordinary digits do not;
 * - the squared change of the weights, in units in which features are about 1.
 *
 * The loss is convex and the search starts at the original weights, so equal examples in equal order give equal heads.
 * The change is then scaled back until the answers to the replayed digits barely change (see limitDrift).
 *
 * @param replayed r×features of digits of the training set; may be empty.
 * @throws RangeError if examples, views and labels differ in number, or a label is out of range.
 */
export function adaptHead(original: Head, examples: Examples, replayed: Float32Array): Head {
  const width = original.kernel.length / CLASSES;
  const count = examples.labels.length;
  if (examples.features.length !== count * width) {
    throw new RangeError(`${count} examples need ${count * width} features; got ${examples.features.length}.`);
  }
  const wrong = examples.labels.find((label) => !(Number.isInteger(label) && label >= 0 && label <= NOT_A_DIGIT));
  if (wrong !== undefined) throw new RangeError(`A label is 0 to 9, or ${NOT_A_DIGIT} for no digit; got ${wrong}.`);
  if (count === 0) return original;
  const views = examples.views ?? new Float32Array(0);
  const each = views.length / (count * width);
  if (!Number.isInteger(each)) throw new RangeError(`${views.length} features are no views of ${count} examples.`);

  const features = new Float32Array(examples.features.length + views.length + replayed.length);
  features.set(examples.features);
  features.set(views, examples.features.length);
  features.set(replayed, examples.features.length + views.length);
  const rows = features.length / width;
  const learnt = count * (1 + each);
  const scale = rootMeanSquare(replayed.length > 0 ? replayed : examples.features) || 1;
  const replayScale = REPLAY_COUNT / Math.max(rows - learnt, 1);
  const logits = logitsOf(original, features);
  const targets = probabilitiesOf(logits);
  const weights = new Float64Array(rows).fill(REPLAY_WEIGHT * replayScale);
  const reliability = labelReliability(original, examples.features, examples.labels);
  const weightOf = (i: number) =>
    (EXAMPLE_WEIGHT / (1 + count / HALVING_COUNT)) * (reliability[i] as number) ** RELIABILITY_POWER;
  for (let row = 0; row < learnt; row++) {
    const i = row < count ? row : Math.floor((row - count) / each);
    const label = examples.labels[i] as number;
    for (let c = 0; c < CLASSES; c++) {
      targets[row * CLASSES + c] = label === NOT_A_DIGIT ? 1 / CLASSES : Number(c === label);
    }
    if (each === 0) weights[row] = weightOf(i);
    else weights[row] = weightOf(i) * (row < count ? 1 - VIEW_SHARE : VIEW_SHARE / each);
  }
  const change = minimize(
    lossOf(sparse(features, width, scale), logits, targets, weights, {
      from: learnt,
      weight: LOGIT_PENALTY * replayScale,
    }),
    new Float64Array((width + 1) * CLASSES),
    STEPS,
    TOLERANCE,
  );
  const whole = changed(original, change, scale);
  const share = limitDrift(logits.subarray(learnt * CLASSES), logitsOf(whole, replayed));
  const part = change.map((by) => share * by);
  return changed(original, part, scale);
}

/** Add a change, (features + 1)×10, to a head. */
function changed({ kernel, bias }: Head, change: Float64Array, scale: number): Head {
  return {
    kernel: kernel.map((weight, i) => weight + (change[i] as number) / scale),
    bias: bias.map((weight, c) => weight + (change[kernel.length + c] as number)),
  };
}

/** Rows of features without zeros, which a ReLU makes often. Each row ends with a 1 for the bias. */
interface SparseRows {
  /** The start of each row in the two lists, and the end of the last one. */
  readonly starts: Int32Array;
  /** The column of each value, times CLASSES. */
  readonly places: Int32Array;
  readonly values: Float64Array;
}

function sparse(features: Float32Array, width: number, scale: number): SparseRows {
  const rows = features.length / width;
  const starts = new Int32Array(rows + 1);
  const places = new Int32Array(features.length + rows);
  const values = new Float64Array(features.length + rows);
  let end = 0;
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < width; k++) {
      const feature = features[row * width + k] as number;
      if (feature === 0) continue;
      places[end] = k * CLASSES;
      values[end++] = feature / scale;
    }
    places[end] = width * CLASSES;
    values[end++] = 1;
    starts[row + 1] = end;
  }
  return { starts, places, values };
}

/** Make the loss of a change, (features + 1)×10, with its gradient; the logit penalty holds for rows from `steady.from` on. */
function lossOf(
  { starts, places, values }: SparseRows,
  start: Float64Array,
  targets: Float32Array,
  weights: Float64Array,
  steady: { readonly from: number; readonly weight: number },
) {
  const logits = new Float64Array(CLASSES);
  const moved = new Float64Array(CLASSES);
  return (change: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    for (let i = 0; i < change.length; i++) {
      loss += (L2 / 2) * (change[i] as number) ** 2;
      gradient[i] = L2 * (change[i] as number);
    }
    for (let row = 0; row < weights.length; row++) {
      const weight = weights[row] as number;
      const [first, end] = [starts[row] as number, starts[row + 1] as number];
      moved.fill(0);
      for (let at = first; at < end; at++) {
        const value = values[at] as number;
        const place = places[at] as number;
        for (let c = 0; c < CLASSES; c++) moved[c] = (moved[c] as number) + value * (change[place + c] as number);
      }
      const stiffness = row < steady.from ? 0 : steady.weight;
      let aimed = 0;
      for (let c = 0; c < CLASSES; c++) {
        const logit = (start[row * CLASSES + c] as number) + (moved[c] as number);
        logits[c] = logit;
        aimed += (targets[row * CLASSES + c] as number) * logit;
        loss += (stiffness / 2) * (moved[c] as number) ** 2;
      }
      loss += weight * (softmax(logits) - aimed);
      for (let c = 0; c < CLASSES; c++) {
        const miss = (logits[c] as number) - (targets[row * CLASSES + c] as number);
        logits[c] = weight * miss + stiffness * (moved[c] as number);
      }
      for (let at = first; at < end; at++) {
        const value = values[at] as number;
        const place = places[at] as number;
        for (let c = 0; c < CLASSES; c++) {
          gradient[place + c] = (gradient[place + c] as number) + value * (logits[c] as number);
        }
      }
    }
    return loss;
  };
}

function rootMeanSquare(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / Math.max(values.length, 1));
}

import { CLASSES, type Head, logitsOf, NOT_A_DIGIT, probabilitiesOf, softmax } from './head';
import { minimize } from './minimize';
import { shareKept } from './shareKept';
import { trust } from './trust';

/** What a head is adapted to. */
export interface Examples {
  /** n×features: what the network's body makes of each. */
  readonly features: Float32Array;
  /** n labels, 0 to 9 or NOT_A_DIGIT. */
  readonly labels: readonly number[];
  /** n×v×features: what it makes of variations of each (see views.ts), which stand for what else the hand may write. */
  readonly views?: Float32Array;
}

/** How these numbers were chosen: tests/bench/learning_folds.py says, on digits of writers whom the network did not know. */
const PULL = 9600; // of a fully believed example where it is the only one
const MANY = 33; // examples with which each has half of that, so that a hundred do not outvote what is rehearsed
const SHARE_OF_VIEWS = 0.86; // of an example's weight
const DISTRUST = 3; // power of the belief
const HOLD = 8; // towards the original weights
const REHEARSAL = 4; // of each rehearsed digit, as if there were 600 of them
const STEADINESS = 0.1; // of the logits of each rehearsed digit, likewise
const REHEARSED = 600;
const STEPS = 22;
const TOLERANCE = 1e-4; // of the first slopes, which are the examples' and far above those of what is rehearsed

/**
 * Train the last layer further on a user's examples, and return the new one; the original stays as it is.
 *
 * The loss: cross-entropy of the examples and their views, each weighted by how far it is believed (see trust); of the
 * rehearsed digits, for which the original head's own answers are right, so that a new 7 does not cost the old 1; the
 * squared change of the logits of the rehearsed digits, so that what is learnt takes directions that ordinary digits do
 * not use; and the squared distance from the original weights, in units in which features are about 1. What is no digit
 * is to get ten equal answers, as in training. The loss is convex and its minimum is sought from the original weights:
 * equal examples, in equal order, give equal heads.
 *
 * Of the change so found a share is taken that leaves the answers to the rehearsed digits about where they were.
 *
 * @param rehearsed r×features, of digits of the training set; may be empty.
 * @throws RangeError where examples, views and labels differ in number, or a label is none.
 */
export function adaptHead(original: Head, examples: Examples, rehearsed: Float32Array): Head {
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

  const features = new Float32Array(examples.features.length + views.length + rehearsed.length);
  features.set(examples.features);
  features.set(views, examples.features.length);
  features.set(rehearsed, examples.features.length + views.length);
  const rows = features.length / width;
  const learnt = count * (1 + each);
  const scale = rootMeanSquare(rehearsed.length > 0 ? rehearsed : examples.features) || 1;
  const share = REHEARSED / Math.max(rows - learnt, 1);
  const logits = logitsOf(original, features);
  const targets = probabilitiesOf(logits);
  const weights = new Float64Array(rows).fill(REHEARSAL * share);
  const belief = trust(original, examples.features, examples.labels);
  const believed = (i: number) => (PULL / (1 + count / MANY)) * (belief[i] as number) ** DISTRUST;
  for (let row = 0; row < learnt; row++) {
    const i = row < count ? row : Math.floor((row - count) / each);
    const label = examples.labels[i] as number;
    for (let c = 0; c < CLASSES; c++) {
      targets[row * CLASSES + c] = label === NOT_A_DIGIT ? 1 / CLASSES : Number(c === label);
    }
    if (each === 0) weights[row] = believed(i);
    else weights[row] = believed(i) * (row < count ? 1 - SHARE_OF_VIEWS : SHARE_OF_VIEWS / each);
  }
  const change = minimize(
    lossOf(sparse(features, width, scale), logits, targets, weights, { from: learnt, weight: STEADINESS * share }),
    new Float64Array((width + 1) * CLASSES),
    STEPS,
    TOLERANCE,
  );
  const whole = changed(original, change, scale);
  const kept = shareKept(logits.subarray(learnt * CLASSES), logitsOf(whole, rehearsed));
  const part = change.map((by) => kept * by);
  return changed(original, part, scale);
}

/** A head with a change of it, (features + 1)×10, as the loss below takes it. */
function changed({ kernel, bias }: Head, change: Float64Array, scale: number): Head {
  return {
    kernel: kernel.map((weight, i) => weight + (change[i] as number) / scale),
    bias: bias.map((weight, c) => weight + (change[kernel.length + c] as number)),
  };
}

/** Rows of features without their zeros, of which a ReLU leaves many; each row ends with a 1, the bias's. */
interface SparseRows {
  /** Where each row starts in the two lists, and where the last one ends. */
  readonly starts: Int32Array;
  /** The place of each number in its row, times CLASSES. */
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

/** The loss of a change of the head, (features + 1)×10, with its gradient; rows `steady.from` on are held steady. */
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
      loss += (HOLD / 2) * (change[i] as number) ** 2;
      gradient[i] = HOLD * (change[i] as number);
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

import { adaptHead, type Examples } from './adaptHead';
import { answers, type Head, OUTPUTS, spread } from './head';

const FOLDS = 5;

/** How many examples are read right before and after learning from the other examples. */
export interface Validation {
  readonly examples: number;
  /** Right by the original head. */
  readonly before: number;
  /** Right by heads that learnt from the other examples. */
  readonly after: number;
}

/**
 * Cross-validate: a head that learnt from four fifths of the examples reads the other fifth.
 *
 * @param isRight whether these ten probabilities are right for this label.
 * @returns null for fewer than two examples.
 */
export function crossValidate(
  original: Head,
  { features, labels, augmented }: Examples,
  replayed: Float32Array,
  isRight: (probabilities: Float32Array, label: number) => boolean,
): Validation | null {
  if (labels.length < 2) return null;
  const width = original.kernel.length / OUTPUTS;
  const folds = foldsOf(labels);
  const all = [...labels.keys()];
  const right = (head: Head, examples: readonly number[]) => {
    const probabilities = (i: number) => spread(answers(head, features.subarray(i * width, (i + 1) * width)));
    return examples.filter((i) => isRight(probabilities(i), labels[i] as number)).length;
  };
  let after = 0;
  for (const fold of new Set(folds)) {
    const others = all.filter((i) => folds[i] !== fold);
    const learnt = {
      features: rowsOf(features, others, width),
      labels: others.map((i) => labels[i] as number),
      ...(augmented && { augmented: rowsOf(augmented, others, augmented.length / labels.length) }),
    };
    const own = all.filter((i) => folds[i] === fold);
    after += right(adaptHead(original, learnt, replayed), own);
  }
  return { examples: labels.length, before: right(original, all), after };
}

function rowsOf(values: Float32Array, rows: readonly number[], length: number): Float32Array {
  const chosen = new Float32Array(rows.length * length);
  for (const [to, from] of rows.entries()) chosen.set(values.subarray(from * length, (from + 1) * length), to * length);
  return chosen;
}

/** Assign examples to folds so that each label is spread over all folds. */
function foldsOf(labels: readonly number[]): number[] {
  const seen = new Map<number, number>();
  let next = 0;
  return labels.map((label) => {
    const before = seen.get(label) ?? next++; // labels start at different folds, so that few examples fill all folds too
    seen.set(label, before + 1);
    return before % FOLDS;
  });
}

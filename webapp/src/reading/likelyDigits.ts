/** From these odds between two digits on, only the likelier one is worth naming. */
const ONE_SIDED = 5;

/**
 * The digits that an unsure reading may be:
 *
 * - two, the lower one first: each is likelier than the other eight together, and neither is five times as likely as the
 *   other;
 * - one: it is likelier than all others together, but not sure enough to be named;
 * - none: the ink looks like no digit.
 *
 * @param probabilities ten, of 0 to 9, that sum to 1.
 * @throws RangeError where there are not ten probabilities.
 */
export function likelyDigits(probabilities: readonly number[]): readonly number[] {
  const { first, second, rest } = rank(probabilities);
  const even = first.probability < ONE_SIDED * second.probability;
  if (even && second.probability > rest) return inOrder(first, second);
  return first.probability > second.probability + rest ? [first.digit] : [];
}

/**
 * The two digits, the lower one first, that a digit named in doubt may be; none where no other digit stands out.
 *
 * @param probabilities ten, of 0 to 9, that sum to 1.
 * @throws RangeError where there are not ten probabilities.
 */
export function doubtfulDigits(probabilities: readonly number[]): readonly number[] {
  const { first, second, rest } = rank(probabilities);
  return second.probability > rest ? inOrder(first, second) : [];
}

interface Ranked {
  readonly probability: number;
  readonly digit: number;
}

function inOrder(one: Ranked, other: Ranked): readonly number[] {
  return [one.digit, other.digit].sort();
}

/** The two likeliest digits, and the probability of all others together. */
function rank(probabilities: readonly number[]): { first: Ranked; second: Ranked; rest: number } {
  if (probabilities.length !== 10) {
    throw new RangeError(`Likely digits need ten probabilities, of 0 to 9; got ${probabilities.length}.`);
  }
  const [first, second, ...others] = probabilities
    .map((probability, digit) => ({ probability, digit }))
    .sort((one, other) => other.probability - one.probability) as [Ranked, Ranked, ...Ranked[]];
  return { first, second, rest: others.reduce((sum, { probability }) => sum + probability, 0) };
}

/** From these odds between two digits on, only the likelier one is worth naming. */
const ONE_SIDED = 5;

interface Ranked {
  readonly probability: number;
  readonly digit: number;
}

/**
 * Explain in a kind sentence why no digit is named.
 *
 * - Two digits, each likelier than the other eight together, neither five times as likely as the other: "A 4 or a 9?"
 * - One digit likelier than all others together, but not sure enough: "Perhaps a 4?"
 * - Neither: the ink looks like no digit.
 *
 * @param probabilities ten, of 0 to 9, that sum to 1.
 * @throws RangeError where there are not ten probabilities.
 */
export function explainUnsure(probabilities: readonly number[]): string {
  if (probabilities.length !== 10) {
    throw new RangeError(`An explanation needs ten probabilities, of 0 to 9; got ${probabilities.length}.`);
  }
  const { first, second, rest } = rank(probabilities);
  const even = first.probability < ONE_SIDED * second.probability;
  if (even && second.probability > rest) return either(first, second);
  if (first.probability > second.probability + rest) return `Perhaps ${nameOf(first)}?`;
  return 'That doesn’t look like a digit to me. Try again?';
}

/**
 * Name the two digits that a digit named in doubt may be: "A 4 or a 9?" Empty where no other digit stands out.
 *
 * @param probabilities ten, of 0 to 9, that sum to 1.
 */
export function explainDoubt(probabilities: readonly number[]): string {
  const { first, second, rest } = rank(probabilities);
  return second.probability > rest ? either(first, second) : '';
}

/** Two digits as a question, the lower one first: which one is likelier the reading and the bars say. */
function either(one: Ranked, other: Ranked): string {
  const [low, high] = one.digit < other.digit ? [one, other] : [other, one];
  return `A${nameOf(low).slice(1)} or ${nameOf(high)}?`;
}

function nameOf({ digit }: Ranked): string {
  return `${digit === 8 ? 'an' : 'a'} ${digit}`;
}

/** The two likeliest digits, and the probability of all others together. */
function rank(probabilities: readonly number[]): { first: Ranked; second: Ranked; rest: number } {
  const [first, second, ...others] = probabilities
    .map((probability, digit) => ({ probability, digit }))
    .sort((one, other) => other.probability - one.probability) as [Ranked, Ranked, ...Ranked[]];
  return { first, second, rest: others.reduce((sum, { probability }) => sum + probability, 0) };
}

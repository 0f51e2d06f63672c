/** Odds between two digits from which one of them alone is worth naming. */
const ONE_SIDED = 5;

/**
 * Say in a kind sentence why no digit is named.
 *
 * - Two digits, each likelier than the other eight together, neither five times as likely as the other: it is one of
 *   them. "A 4 or a 9?"
 * - One digit likelier than all others together, and yet not sure enough: it is offered. "Perhaps a 4?"
 * - Neither: the ink looks like no digit.
 *
 * @param probabilities ten, of 0 to 9, that sum to 1.
 * @throws RangeError where there are not ten probabilities.
 */
export function explainUnsure(probabilities: readonly number[]): string {
  if (probabilities.length !== 10) {
    throw new RangeError(`An explanation needs ten probabilities, of 0 to 9; got ${probabilities.length}.`);
  }
  const [first, second, ...others] = rank(probabilities) as [Ranked, Ranked, ...Ranked[]];
  const rest = others.reduce((sum, { probability }) => sum + probability, 0);
  const even = first.probability < ONE_SIDED * second.probability;
  if (even && second.probability > rest) return `${capitalised(first.name)} or ${second.name}?`;
  if (first.probability > second.probability + rest) return `Perhaps ${first.name}?`;
  return 'That doesn’t look like a digit to me. Try again?';
}

/**
 * Say what else a digit that is named in doubt may be: "Or a 9?" Empty where nothing else stands out.
 *
 * @param probabilities ten, of 0 to 9, that sum to 1.
 */
export function explainDoubt(probabilities: readonly number[]): string {
  const [, second, ...others] = rank(probabilities) as [Ranked, Ranked, ...Ranked[]];
  const rest = others.reduce((sum, { probability }) => sum + probability, 0);
  return second.probability > rest ? `Or ${second.name}?` : '';
}

function rank(probabilities: readonly number[]): Ranked[] {
  return probabilities
    .map((probability, digit) => ({ probability, name: `${digit === 8 ? 'an' : 'a'} ${digit}` }))
    .sort((one, other) => other.probability - one.probability);
}

interface Ranked {
  readonly probability: number;
  readonly name: string;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

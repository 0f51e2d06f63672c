/** What the host page asks of a value. */
export interface Rules {
  readonly required: boolean;
  /** How many digits: exactly, at least, at most; null where it does not matter. */
  readonly digits: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** What is wrong with a value: the flag of ValidityState, and which sentence says it, with a count of digits. */
export interface Problem {
  readonly flag: 'valueMissing' | 'tooShort' | 'tooLong' | 'badInput';
  readonly sentence: 'missing' | 'unread' | 'unsure' | 'exactly' | 'atLeast' | 'atMost';
  readonly count: number;
}

/**
 * Find what is wrong with a value, in the order in which a person can mend it; null if nothing is.
 *
 * @param unread whether there is ink that is not read yet.
 */
export function problemOf(value: string, unread: boolean, { required, digits, min, max }: Rules): Problem | null {
  const problem = (flag: Problem['flag'], sentence: Problem['sentence'], count = 0) => ({ flag, sentence, count });
  if (unread) return problem('badInput', 'unread');
  const { length } = value;
  if (length === 0) return required ? problem('valueMissing', 'missing') : null;
  if (value.includes('?')) return problem('badInput', 'unsure');
  const [least, most] = [digits ?? min ?? 0, digits ?? max ?? Infinity];
  if (length < least) return problem('tooShort', digits ? 'exactly' : 'atLeast', least);
  if (length > most) return problem('tooLong', digits ? 'exactly' : 'atMost', most);
  return null;
}

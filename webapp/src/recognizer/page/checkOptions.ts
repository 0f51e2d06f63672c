import { InvalidInputError } from '../../errors';
import { shown } from '../shown';

/** What each option must be. */
export type Checks<Options> = Readonly<Record<keyof Options, Check>>;

type Check = readonly [isRight: (value: unknown) => boolean, wanted: string];

export const FUNCTION: Check = [(value) => typeof value === 'function', 'a function'];

/** @throws InvalidInputError that names the option which is wrong; one that is left out is right. */
export function checkOptions<Options>(options: unknown, checks: Checks<Options>): asserts options is Options {
  if (typeof options !== 'object' || options === null) {
    throw new InvalidInputError(`The options are ${shown(options)}; give an object, or nothing.`, options);
  }
  for (const [name, [isRight, wanted]] of Object.entries<Check>(checks)) {
    const value = (options as Record<string, unknown>)[name];
    if (value === undefined || isRight(value)) continue;
    throw new InvalidInputError(`The option ${name} is ${shown(value)}; give ${wanted}.`, value);
  }
}

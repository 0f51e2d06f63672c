import { InvalidInputError } from '../errors';

/**
 * Refuse a value from outside.
 *
 * @param what names it, and `wanted` what to give in its place.
 */
export function refuse(what: string, value: unknown, wanted: string): never {
  throw new InvalidInputError(`${what} is ${shown(value)}; give ${wanted}.`, value);
}

/** A value in a few characters: arrays up to four values, no content of other objects. */
function shown(value: unknown): string {
  if (Array.isArray(value))
    return value.length > 4 ? `an array of ${value.length}` : `[${value.map(shown).join(', ')}]`;
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  return Object(value) === value ? Object.prototype.toString.call(value) : String(value);
}

/** A value from outside in a few characters, for a message: arrays up to four values, no content of other objects. */
export function shown(value: unknown): string {
  if (Array.isArray(value))
    return value.length > 4 ? `an array of ${value.length}` : `[${value.map(shown).join(', ')}]`;
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value !== null
    ? Object.prototype.toString.call(value).slice(8, -1)
    : String(value);
}

import { InvalidInputError } from '../../errors';
import { PIXELS } from '../../ink';
import { checkInk } from '../checkInk';
import type { Example, LearningChange } from '../recognizer';
import { shown } from '../shown';

/** @throws InvalidInputError where a value from outside is no change of what was learnt; it names the example. */
export function checkExamples(change: unknown): asserts change is LearningChange {
  const { add = [], forget = [] } = (change ?? {}) as Partial<Record<keyof LearningChange, unknown>>;
  if (typeof change !== 'object' || !Array.isArray(add) || !Array.isArray(forget)) {
    throw new InvalidInputError('learn takes { add, forget }: an array of examples and an array of ids.', change);
  }
  for (const example of add) checkExample(example);
  for (const id of forget) checkId(id);
}

function checkExample(example: unknown): void {
  const { id, label, ink, pixels } = (example ?? {}) as Partial<Example>;
  checkId(id);
  if (label !== null && !(Number.isInteger(label) && (label as number) >= 0 && (label as number) <= 9)) {
    throw new InvalidInputError(`The label of ${id} is ${shown(label)}; give 0 to 9, or null for no digit.`, label);
  }
  if (ink !== undefined) checkInk(ink, `The ink of ${id}`);
  else if (pixels !== undefined) checkLevels(pixels, id);
  else throw new InvalidInputError(`The example ${id} has neither ink nor pixels.`, example);
}

function checkLevels(pixels: ArrayLike<unknown> | null, id: string): void {
  const levels = Array.from(pixels ?? []) as number[];
  const wrong = levels.findIndex((level) => !(level >= 0 && level <= 255));
  if (wrong >= 0) {
    const level = levels[wrong];
    throw new InvalidInputError(`Pixel ${wrong} of ${id} is ${shown(level)}; give each as 0 to 255 of ink.`, level);
  }
  if (levels.length === PIXELS) return;
  throw new InvalidInputError(`${id} has ${levels.length} pixels; give ${PIXELS}.`, levels.length);
}

function checkId(id: unknown): asserts id is string {
  if (typeof id !== 'string') throw new InvalidInputError(`The id of an example is ${shown(id)}; give a text.`, id);
}

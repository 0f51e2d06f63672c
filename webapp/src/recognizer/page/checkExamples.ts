/** Checks what is to be learnt: a chunk that is fetched when there is something. */
import { PIXELS } from '../../ink';
import { checkInk } from '../checkInk';
import type { Example, LearningChange } from '../recognizer';
import { refuse } from '../refuse';

/** @throws InvalidInputError where a value from outside is no change of what was learnt; it names the example. */
export function checkExamples(change: unknown): void {
  if (Object(change) !== change) refuse('What is to be learnt', change, '{ add, forget }');
  const { add = [], forget = [] } = change as Partial<Record<keyof LearningChange, unknown>>;
  if (!Array.isArray(add)) refuse('add', add, 'an array of examples');
  if (!Array.isArray(forget)) refuse('forget', forget, 'an array of ids');
  for (const example of add) checkExample(example);
  for (const id of forget) checkId(id);
}

function checkExample(example: unknown): void {
  const { id, label, ink, pixels } = Object(example) as Partial<Example>;
  checkId(id);
  if (!isIn(label, 0, 9) || !Number.isInteger(label)) {
    if (label !== null) refuse(`The label of ${id}`, label, '0 to 9, or null for no digit');
  }
  if (ink !== undefined) return void checkInk(ink, `The ink of ${id}`);
  const length = pixels?.length;
  if (length !== PIXELS) refuse(`The number of pixels of ${id}`, length, `${PIXELS} pixels, or ink`);
  for (let i = 0; i < PIXELS; i++) {
    if (!isIn(pixels?.[i], 0, 255)) refuse(`Pixel ${i} of ${id}`, pixels?.[i], 'each as 0 to 255 of ink');
  }
}

function checkId(id: unknown): asserts id is string {
  if (typeof id !== 'string') refuse('The id of an example', id, 'a text');
}

function isIn(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}

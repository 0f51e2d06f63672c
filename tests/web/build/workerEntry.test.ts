import { expect, test } from 'vitest';
import { workerEntry } from '../../../webapp/build/workerEntry';

const ENTRY = { type: 'chunk', isEntry: true, fileName: 'assets/entry.js', imports: ['assets/worker.js'] };
const chunk = (imports: string[], dynamicImports: string[] = []) => ({
  type: 'chunk',
  isEntry: false,
  fileName: 'assets/images.js',
  imports,
  dynamicImports,
});

/** Check the bundle of a worker with this chunk beside its entry. */
function check(other: object): void {
  const bundle = { entry: { ...ENTRY, dynamicImports: [] }, other, style: { type: 'asset', fileName: 'a.css' } };
  (workerEntry('/entry.ts').generateBundle as (options: object, bundle: object) => void)({}, bundle);
}

test('a worker is built where chunks import each other', () => {
  expect(() => check(chunk(['assets/worker.js'], ['assets/learner.js']))).not.toThrow();
});

test.each([
  ['import', chunk(['assets/worker.js', 'assets/entry.js'])],
  ['later import', chunk([], ['assets/entry.js'])],
])('an %s of the entry fails the build', (_, other) => {
  expect(() => check(other)).toThrow("assets/images.js imports the worker's entry assets/entry.js");
});

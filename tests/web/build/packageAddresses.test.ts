import { expect, test } from 'vitest';
import { packageAddresses } from '../../../webapp/build/packageAddresses';

const FILES = {
  contents: new Map(['worker-1.js', 'model-2.json', 'images-3.js'].map((name) => [name, new Uint8Array()])),
  worker: 'worker-1.js',
  dependencies: [],
};

/** What the plugin makes of a chunk of this code, and the files that it adds. */
function generate(code: string): { code: string; added: string[] } {
  const { generateBundle } = packageAddresses(FILES);
  const chunk = { type: 'chunk', code };
  const added: string[] = [];
  const context = { emitFile: ({ fileName }: { fileName: string }) => added.push(fileName) };
  (generateBundle as unknown as (this: object, options: object, bundle: object) => void).call(context, {}, { chunk });
  return { code: chunk.code, added };
}

function moduleOf(id: string): string | null {
  return (packageAddresses(FILES).load as (id: string) => string | null)(id);
}

test('each file is named by a literal address that bundlers understand', () => {
  const module = moduleOf('/project/webapp/src/recognizer/page/programFiles.ts') ?? '';
  const { code, added } = generate(module.replaceAll('"', '`')); // as a minifier may
  const named = [...code.matchAll(/new URL\("\.\/files\/([^"]+)",import\.meta\.url\)/g)].map(([, name]) => name);
  expect(named.toSorted()).toEqual([...FILES.contents.keys()].toSorted());
  expect(code).not.toContain('__address');
  expect(added.toSorted()).toEqual(named.map((name) => `files/${name}`).toSorted());
});

test('no address of a site is fetched ahead', () => {
  expect(moduleOf('/project/webapp/src/element/modelAhead.ts')).toBe('export function fetchModelAhead() {}');
});

test('other modules stay', () => {
  expect(moduleOf('/project/webapp/src/recognizer/page/downloads.ts')).toBeNull();
});

test('a package that does not name each of its files is not built', () => {
  expect(() => generate('__address("worker-1.js")')).toThrow('The package names 1 of its 3 files.');
});

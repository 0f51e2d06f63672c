import type { Plugin } from 'vite';

/**
 * Lets no chunk import a worker's entry: WebKit runs the entry a second time for such an import, and then the worker
 * answers every message twice.
 *
 * Bundlers leave in the entry what chunks share with it. So all that the entry imports goes into a chunk of its own, and the
 * build fails where a chunk imports an entry nevertheless.
 *
 * @param entry the end of the entry's path.
 */
export function workerEntry(entry: string): Plugin {
  const imported = {
    name: 'worker',
    tags: ['$initial' as const], // what an entry needs to start
    test: (id: string) => !id.endsWith(entry),
    // Without what only later chunks need of the same packages; what is smaller makes no chunk of its own.
    entriesAware: true,
    entriesAwareMergeThreshold: 20_000,
  };
  return {
    name: 'worker-entry',
    outputOptions: (options) => ({
      ...options,
      codeSplitting: { groups: [imported] },
      // Named after all the chunks that share it: worker~entry~images.
      chunkFileNames: ({ name }) => `assets/${name.includes('~entry') ? 'worker' : name}-[hash].js`,
    }),
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const entries = chunks.filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName);
      for (const { fileName, imports, dynamicImports } of chunks) {
        const imported = [...imports, ...dynamicImports].find((name) => entries.includes(name));
        if (imported)
          throw new Error(`${fileName} imports the worker's entry ${imported}, which WebKit would run twice.`);
      }
    },
  };
}

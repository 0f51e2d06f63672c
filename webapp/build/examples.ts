import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const FOLDER = fileURLToPath(new URL('../examples/', import.meta.url));

/** Adds the examples to the site as they stand, in the folder `examples/`; the development server has them there anyway. */
export function examples(): Plugin {
  return {
    name: 'examples',
    generateBundle() {
      for (const name of readdirSync(FOLDER)) {
        this.emitFile({ type: 'asset', fileName: `examples/${name}`, source: readFileSync(FOLDER + name) });
      }
    },
  };
}

import { readFileSync } from 'node:fs';
import { type Plugin, transformWithOxc } from 'vite';

const HELPER = /preload-helper/;

/** Puts a module of ours in place of the helper that Vite wraps around each `import()`. */
export function preloadHelper(source: string): Plugin {
  let met = false;
  return {
    name: 'preload-helper',
    enforce: 'pre',
    apply: 'build',
    async load(id) {
      if (!HELPER.test(id)) return null;
      met = true;
      return { code: (await transformWithOxc(readFileSync(source, 'utf8'), source)).code, moduleSideEffects: false };
    },
    buildEnd(error) {
      if (!error && !met) throw new Error('Vite has no preload helper any more; see preloadHelper.ts.');
    },
  };
}

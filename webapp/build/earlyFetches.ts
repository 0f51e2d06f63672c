import type { Plugin } from 'vite';

/**
 * Names in the page's head what the recognizer will fetch, so that it is on its way before the scripts have run that
 * start the worker, which asks for the rest: three trips to the server, one after the other, become one.
 *
 * As rel=prefetch, because of three ways it alone works. rel=preload serves the page's own requests, not a worker's;
 * rel=modulepreload takes no worker's script in Chromium. A prefetch has the lowest priority, so that it never delays
 * the style sheet and the page's script, and the worker's request joins it, or finds it in the HTTP cache, for five
 * minutes even where the host sends no caching headers.
 *
 * A browser without WASM SIMD would fetch the wrong runtime too; but of those with prefetch (Chromium, Firefox) every
 * supported one has SIMD.
 *
 * @returns a plugin for the page's build, and one for the worker's, which tells the first what to name.
 */
export function earlyFetches(): { forPage: Plugin; forWorker: Plugin } {
  let program: readonly string[] = [];
  return {
    forWorker: {
      name: 'early-fetches-of-worker',
      generateBundle(_, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const found = new Set(chunks.filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName));
        // A Set's loop also visits what is added meanwhile.
        for (const name of found) {
          for (const chunk of chunks)
            if (chunk.fileName === name) for (const imported of chunk.imports) found.add(imported);
        }
        program = [...found];
      },
    },
    forPage: {
      name: 'early-fetches',
      apply: 'build',
      transformIndexHtml: {
        order: 'post',
        handler: (_, { bundle = {} }) => {
          const named = (pattern: RegExp) => Object.keys(bundle).filter((name) => pattern.test(name));
          const files = [program, named(/-simd-.*\.wasm$/), named(/^model\//)];
          if (files.some((part) => part.length === 0))
            throw new Error(`The site lacks a part: ${JSON.stringify(files)}.`);
          return files.flat().map((name) => ({
            tag: 'link',
            attrs: { rel: 'prefetch', href: `./${name}` },
            injectTo: 'head',
          }));
        },
      },
    },
  };
}

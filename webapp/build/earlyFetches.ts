import type { Plugin } from 'vite';

/** Stands in the page's modules for the list of the worker's first chunks. */
export const WORKER_CHUNKS = '__WORKER_CHUNKS__';

/**
 * Names in the page's head what the recognizer will fetch. Otherwise the page would fetch its scripts first, they would
 * start the worker, and the worker would ask for the rest: three trips to the server in a row become one.
 *
 * Only rel=prefetch does that. rel=preload serves the page's own requests, not a worker's; Chromium's rel=modulepreload
 * does not serve a worker's script. The worker's request joins it or finds it in the HTTP cache, where it stays for five
 * minutes even if the host sends no caching headers. Firefox asks the Content-Security-Policy's default-src for it.
 *
 * It begins with the first paint, which needs all of a slow network: fetchAfterPaint.ts turns rel=later into it.
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
        const importsOf = new Map(chunks.map(({ fileName, imports }) => [fileName, imports]));
        const found = new Set(chunks.filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName));
        // A Set's loop also visits what is added meanwhile.
        for (const name of found) for (const imported of importsOf.get(name) ?? []) found.add(imported);
        program = [...found];
      },
    },
    forPage: {
      name: 'early-fetches',
      apply: 'build',
      // By now the worker is built.
      renderChunk(code) {
        if (!code.includes(WORKER_CHUNKS)) return null;
        if (program.length === 0) throw new Error('The worker is not built yet; its chunks have no names.');
        return { code: code.replaceAll(WORKER_CHUNKS, JSON.stringify(program)), map: null };
      },
      transformIndexHtml: {
        order: 'post',
        handler: (html, { bundle = {} }) => {
          const named = (pattern: RegExp) => Object.keys(bundle).filter((name) => pattern.test(name));
          const files = [program, named(/^model\//)];
          if (files.some((part) => part.length === 0))
            throw new Error(`The site lacks a part: ${JSON.stringify(files)}.`);
          const link = (rel: string, name: string) => ({
            tag: 'link',
            attrs: { rel, href: `./${name}`, ...(rel === 'modulepreload' && { crossorigin: true }) },
            injectTo: 'head' as const,
          });
          // The client of the recognizer and the painting of ink: the page imports them at once, with all that they need.
          const modules = new Set(named(/\/(recognizer|inkLayers)-[^/]*\.js$/));
          // A Set's loop also visits what is added meanwhile.
          for (const name of modules) {
            const chunk = bundle[name];
            for (const imported of chunk?.type === 'chunk' ? chunk.imports : []) modules.add(imported);
          }
          return [
            ...[...modules].filter((name) => !html.includes(name)).map((name) => link('modulepreload', name)),
            ...files.flat().map((name) => link('later', name)),
          ];
        },
      },
    },
  };
}

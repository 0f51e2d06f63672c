import type { Plugin } from 'vite';

/**
 * Names in the page's head what is fetched before the first reading: otherwise the page would fetch its scripts first, and
 * they would ask for the rest. Two trips to the server in a row become one.
 *
 * The model begins with the first paint, which needs all of a slow network: fetchAfterPaint.ts turns rel=later into
 * rel=preload. The page's own request takes over what has come.
 */
export function earlyFetches(): Plugin {
  return {
    name: 'early-fetches',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const named = (pattern: RegExp) => Object.keys(bundle).filter((name) => pattern.test(name));
        const model = named(/^model\//);
        if (model.length === 0) throw new Error('The site lacks the model.');
        const link = (rel: string, name: string) => ({
          tag: 'link',
          attrs: { rel, href: `./${name}`, ...(rel === 'modulepreload' && { crossorigin: true }) },
          injectTo: 'head' as const,
        });
        // The recognizer and the painting of ink: the page imports them at once, with all that they need.
        const modules = new Set(named(/\/(recognizer|inkLayers)-[^/]*\.js$/));
        // A Set's loop also visits what is added meanwhile.
        for (const name of modules) {
          const chunk = bundle[name];
          for (const imported of chunk?.type === 'chunk' ? chunk.imports : []) modules.add(imported);
        }
        return [
          ...[...modules].filter((name) => !html.includes(name)).map((name) => link('modulepreload', name)),
          ...model.map((name) => link('later', name)),
        ];
      },
    },
  };
}

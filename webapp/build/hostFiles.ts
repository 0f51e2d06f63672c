import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { minify, type Plugin, transformWithOxc } from 'vite';
import { contentSecurityPolicy, headersFile, metaPolicy } from './securityHeaders.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Hosts send this page for an address that does not exist. It holds one script. */
const NOT_FOUND = here('../public/404.html');

/** The scripts that go into index.html itself, as one. */
const FIRST_SCRIPTS = ['reloadWhenServerIsBack.ts', 'fetchAfterPaint.ts'].map((name) =>
  here(`../src/app/loading/${name}`),
);

/** Adds what hosts need to serve the built site: the headers file, and the policy and first script inside index.html. */
export function hostFiles(): Plugin {
  const firstScript = Promise.all(FIRST_SCRIPTS.map(compile)).then((scripts) => scripts.join(''));
  return {
    name: 'host-files',
    apply: 'build', // the development server puts scripts and styles into the page itself
    transformIndexHtml: {
      order: 'post',
      handler: async (html) => {
        const script = await firstScript;
        const policy = metaPolicy(contentSecurityPolicy([script]));
        // The policy must precede everything that loads something, and the charset must stay in the first 1,024 bytes.
        const charset = '<meta charset="utf-8" />';
        if (!html.includes(charset)) throw new Error(`index.html has no ${charset} for the policy to follow.`);
        const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
        return html.replace(charset, () => `${charset}\n    ${meta}\n    <script>${script}</script>`);
      },
    },
    async generateBundle() {
      const notFoundScript = /<script>(.*?)<\/script>/s.exec(readFileSync(NOT_FOUND, 'utf8'))?.[1];
      if (notFoundScript === undefined) throw new Error('404.html has no script.');
      const policy = contentSecurityPolicy([await firstScript, notFoundScript]);
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile(policy) });
      // Without this file, GitHub Pages leaves out files whose names begin with an underscore.
      this.emitFile({ type: 'asset', fileName: '.nojekyll', source: '' });
    },
  };
}

async function compile(path: string): Promise<string> {
  const { code } = await transformWithOxc(readFileSync(path, 'utf8'), path);
  return (await minify('script.js', code, { mangle: true, compress: true })).code.trim();
}

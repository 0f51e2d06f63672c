import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { contentSecurityPolicy, hashOf, headersFile, metaPolicy } from './securityHeaders.ts';
import { startAgain } from './startAgain.ts';

/** Hosts send this page for an address that does not exist. It holds one script. */
const NOT_FOUND = fileURLToPath(new URL('../public/404.html', import.meta.url));

/** Adds what hosts need to serve the built site: the headers file, and the policy and first script inside index.html. */
export function hostFiles(): Plugin {
  const firstScript = startAgain();
  return {
    name: 'host-files',
    apply: 'build', // the development server puts scripts and styles into the page itself
    transformIndexHtml: {
      order: 'post',
      handler: async (html) => {
        const script = await firstScript;
        const policy = metaPolicy(contentSecurityPolicy([hashOf(script)]));
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
      const policy = contentSecurityPolicy([hashOf(await firstScript), hashOf(notFoundScript)]);
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile(policy) });
      // Without this file, GitHub Pages leaves out files whose names begin with an underscore.
      this.emitFile({ type: 'asset', fileName: '.nojekyll', source: '' });
    },
  };
}

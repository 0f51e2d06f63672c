import type { Plugin } from 'vite';
import { contentSecurityPolicy, headersFile, metaPolicy } from './securityHeaders.ts';
import { startAgain } from './startAgain.ts';

/**
 * What makes the built site at home on static hosts: their headers' file, and in the page what needs no header and no
 * other file.
 */
export function hostFiles(): Plugin {
  const own = startAgain();
  return {
    name: 'host-files',
    apply: 'build', // the development server puts scripts and styles into the page itself
    transformIndexHtml: {
      order: 'post',
      handler: async (html) => {
        const { script, hash } = await own;
        // Before everything that loads something, and within the first 1,024 bytes, where the charset has to be.
        const policy = `\n    <meta http-equiv="Content-Security-Policy" content="${metaPolicy(contentSecurityPolicy(hash))}" />`;
        const charset = '<meta charset="utf-8" />';
        if (!html.includes(charset)) throw new Error(`index.html has no ${charset} for the policy to follow.`);
        return html.replace(charset, () => `${charset}${policy}\n    <script>${script}</script>`);
      },
    },
    async generateBundle() {
      const policy = contentSecurityPolicy((await own).hash);
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile(policy) });
      // GitHub Pages, when it publishes a branch, else leaves out what begins with an underscore.
      this.emitFile({ type: 'asset', fileName: '.nojekyll', source: '' });
    },
  };
}

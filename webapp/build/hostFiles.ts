import type { Plugin } from 'vite';
import { headersFile, META_POLICY } from './securityHeaders.ts';

/** What makes the built site at home on static hosts: their headers' file, and in the page what needs no header. */
export function hostFiles(): Plugin {
  return {
    name: 'host-files',
    apply: 'build', // the development server puts scripts and styles into the page itself
    transformIndexHtml: {
      order: 'post',
      handler: (html) => {
        // Before everything that loads something, and within the first 1,024 bytes, where the charset has to be.
        const policy = `\n    <meta http-equiv="Content-Security-Policy" content="${META_POLICY}" />`;
        const charset = '<meta charset="utf-8" />';
        if (!html.includes(charset)) throw new Error(`index.html has no ${charset} for the policy to follow.`);
        return html.replace(charset, charset + policy);
      },
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile() });
      // GitHub Pages, when it publishes a branch, else leaves out what begins with an underscore.
      this.emitFile({ type: 'asset', fileName: '.nojekyll', source: '' });
    },
  };
}

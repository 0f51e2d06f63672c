import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** The sum of a file by which a browser checks what it fetched, as `integrity` has it. */
export function integrityOf(path: string): string {
  return `sha256-${createHash('sha256').update(readFileSync(path)).digest('base64')}`;
}

/**
 * Puts the sums of the page's own scripts and style sheet into index.html: what was cut or altered on its way does not
 * run, in any browser and without a service worker too.
 */
export function integrity(): Plugin {
  return {
    name: 'integrity',
    apply: 'build',
    // Not earlier: other plugins change scripts until they are written.
    writeBundle({ dir = '' }) {
      const page = join(dir, 'index.html');
      const html = readFileSync(page, 'utf8');
      const checked = html.replace(
        /(<script [^>]*src|<link rel="(?:modulepreload|stylesheet)" [^>]*href)="\.\/([^"]+)"/g,
        (tag, _, name) => `${tag} integrity="${integrityOf(join(dir, name))}"`,
      );
      if (checked === html) throw new Error('index.html names no script whose sum could be checked.');
      writeFileSync(page, checked);
    },
  };
}

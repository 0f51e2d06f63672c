import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** A sum as an `integrity` attribute and a Content-Security-Policy state it. */
export function integrityOf(content: string | Uint8Array): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}

/**
 * Puts an `integrity` attribute on the page's own scripts and style sheet in index.html. A browser does not run a file that
 * was cut or altered on its way, with or without a service worker.
 */
export function integrity(): Plugin {
  return {
    name: 'integrity',
    apply: 'build',
    // Not earlier: other plugins may still change the scripts.
    writeBundle({ dir = '' }) {
      const page = join(dir, 'index.html');
      const html = readFileSync(page, 'utf8');
      const checked = html.replace(
        /(<script [^>]*src|<link rel="(?:modulepreload|stylesheet)" [^>]*href)="\.\/([^"]+)"/g,
        (tag, _, name) => `${tag} integrity="${integrityOf(readFileSync(join(dir, name)))}"`,
      );
      if (checked === html) throw new Error('index.html names no script whose sum could be checked.');
      writeFileSync(page, checked);
    },
  };
}

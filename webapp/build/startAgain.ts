import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { minify, transformWithOxc } from 'vite';

const SOURCE = fileURLToPath(new URL('../src/app/loading/reloadWhenServerIsBack.ts', import.meta.url));

/** The script that index.html holds itself, and the hash by which the Content-Security-Policy allows it. */
export async function startAgain(): Promise<{ script: string; hash: string }> {
  const { code } = await transformWithOxc(readFileSync(SOURCE, 'utf8'), SOURCE);
  const { code: small } = await minify('startAgain.js', code, { mangle: true, compress: true });
  const script = small.trim();
  return { script, hash: `'sha256-${createHash('sha256').update(script).digest('base64')}'` };
}

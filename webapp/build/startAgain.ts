import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { minify, transformWithOxc } from 'vite';

const SOURCE = fileURLToPath(new URL('../src/app/loading/reloadWhenServerIsBack.ts', import.meta.url));

/** Compiles and minifies the script that the build writes into index.html. */
export async function startAgain(): Promise<string> {
  const { code } = await transformWithOxc(readFileSync(SOURCE, 'utf8'), SOURCE);
  const { code: small } = await minify('startAgain.js', code, { mangle: true, compress: true });
  return small.trim();
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import type { Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The type declarations of `src/api/`, with all that they need: they import nothing.
 *
 * @throws Error where the sources have wrong types.
 */
export async function apiDeclarations(): Promise<string> {
  // Inside the folder of the project, so that packages are found from there.
  const folder = mkdtempSync(here('../../node_modules/.api-types-'));
  try {
    const compiler = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc');
    const options = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--outDir', folder];
    const project = ['-p', here('../tsconfig.api.json'), '--rootDir', here('../src')];
    execFileSync(process.execPath, [compiler, ...project, ...options], { stdio: ['ignore', 'inherit', 'inherit'] });
    const plugins = [dts({ dtsInput: true, emitDtsOnly: true })];
    const bundle = await rolldown({ input: join(folder, 'api/index.d.ts'), plugins });
    const { output } = await bundle.generate({ format: 'es' });
    return output[0].code.replace(/^\/\/#? ?(?:region|endregion).*\n/gm, '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Adds these declarations to what is built, as a file. */
export function apiTypes(fileName: string): Plugin {
  return {
    name: 'api-types',
    apply: 'build',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: await apiDeclarations() });
    },
  };
}

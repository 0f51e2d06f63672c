import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const MODULE = 'virtual:kernels';
const SOURCE = here('../src/network/kernels/index.ts');

/** Compiled programs, by the sum of what they are made of: the compiler takes seconds. */
const CACHE = here('../../node_modules/.cache/kernels');

const OPTIONS = ['-O3', '--noAssert', '--enable', 'simd', '--runtime', 'stub', '--use', 'abort='];

/**
 * The module `virtual:kernels`: the compiled kernels of the network, inside the script that uses them. At three kilobytes a file
 * of their own would cost another request.
 *
 * They are AssemblyScript because its compiler comes from npm alone and its language is this project's own.
 */
export function kernels(): Plugin {
  return {
    name: 'kernels',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    async load(id) {
      if (id !== `\0${MODULE}`) return null;
      this.addWatchFile(SOURCE);
      const text = JSON.stringify((await compiled()).toString('base64'));
      return `export const kernels = Uint8Array.from(atob(${text}), (byte) => byte.charCodeAt(0));`;
    },
  };
}

/** Compile the kernels, or take what was compiled before. */
async function compiled(): Promise<Buffer> {
  const { version } = JSON.parse(readFileSync(here('../../node_modules/assemblyscript/package.json'), 'utf8'));
  const sum = createHash('sha256')
    .update([version, ...OPTIONS, readFileSync(SOURCE, 'utf8')].join('\n'))
    .digest('hex');
  const kept = `${CACHE}/${sum}.wasm`;
  try {
    return readFileSync(kept);
  } catch {
    // It was never compiled.
  }
  const { default: asc } = await import('assemblyscript/asc');
  const outputs: Uint8Array[] = [];
  const { error, stderr } = await asc.main([SOURCE, ...OPTIONS, '--outFile', 'kernels.wasm', '--baseDir', '/'], {
    writeFile: (_, content) => void outputs.push(content as Uint8Array),
  });
  const [program] = outputs;
  if (error || program === undefined) throw new Error(`The kernels do not compile:\n${stderr}`);
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(kept, program);
  return Buffer.from(program);
}
